import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { run, runInNetns } from "../config/run.ts";
import { makeNamespaceFile, removeNamespaceFile } from "../node/namespace-file.ts";

const probe = fileURLToPath(new URL("./namespace-probe.ts", import.meta.url));
const node = ["--disable-warning=ExperimentalWarning", probe];

/** A routed link to a namespace, as the network plugin makes one for a pod. */
export interface RoutedLink {
  /** Namespace of the other end; the host when there is none. */
  readonly outside?: string;
  readonly device: string;
  /** Address of the other end. */
  readonly gateway: string;
  readonly address: string;
}

const fileOf = (name: string) => `/run/netns/${name}`;

/** Makes a network namespace whose `eth0` is one end of the link. */
export async function makeNamespace(name: string, { outside, device, gateway, address }: RoutedLink): Promise<string> {
  await makeNamespaceFile(fileOf(name));
  const inside = async (...args: string[]) => await runInNetns(fileOf(name), "ip", args);
  const beyond = async (...args: string[]) =>
    outside === undefined ? await run("ip", args) : await runInNetns(outside, "ip", args);
  await beyond("link", "add", device, "type", "veth", "peer", "name", "eth0", "netns", name);
  await beyond("address", "add", `${gateway}/32`, "dev", device);
  await beyond("link", "set", device, "up");
  await beyond("route", "add", `${address}/32`, "dev", device);
  await inside("link", "set", "lo", "up");
  await inside("address", "add", `${address}/32`, "dev", "eth0");
  await inside("link", "set", "eth0", "up");
  await inside("route", "add", gateway, "dev", "eth0");
  await inside("route", "add", "default", "via", gateway);
  return fileOf(name);
}

/** Removes a namespace, and with it the links into it; no error when there is none. */
export async function removeNamespace(name: string): Promise<void> {
  await removeNamespaceFile(fileOf(name));
}

/** Listens for TCP and UDP; `heard` fills with the senders of packets. */
export async function listenIn(netns: string, port: number): Promise<{ heard: string[]; stop: () => void }> {
  const child = spawn("nsenter", [`--net=${netns}`, "--", process.execPath, ...node, "listen", String(port)]);
  const lines = createInterface({ input: child.stdout });
  await once(lines, "line"); // it listens
  const heard: string[] = [];
  lines.on("line", (line) => heard.push(line));
  return { heard, stop: () => child.kill("SIGKILL") };
}

/** What comes of a TCP connection from a namespace, or from the host: `connected`, `timeout` or the code of the error. */
export async function dialFrom(netns: string | undefined, host: string, port: number): Promise<string> {
  const args = [...node, "dial", host, String(port)];
  const said =
    netns === undefined ? await run(process.execPath, args) : await runInNetns(netns, process.execPath, args);
  return said.trim();
}

/** Sends one UDP packet under the address `from`. */
export async function sendFrom(netns: string, from: string, host: string, port: number): Promise<void> {
  await runInNetns(netns, process.execPath, [...node, "send", host, String(port), from]);
}
