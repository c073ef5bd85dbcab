import { setTimeout as sleep } from "node:timers/promises";
import { runInNetns } from "../config/run.ts";

/** The IPv6 address a link gives itself, made from its hardware address (RFC 4291, appendix A), whether or not it is switched on. */
export async function linkLocalOf(netns: string, device: string): Promise<string> {
  const text = await runInNetns(netns, "ip", ["-o", "link", "show", "dev", device]);
  const bytes = (/link\/ether ([0-9a-f:]+)/.exec(text)?.[1] ?? "").split(":").map((byte) => parseInt(byte, 16));
  const [first = 0, ...others] = bytes;
  const all = [first ^ 2, ...others.slice(0, 2), 0xff, 0xfe, ...others.slice(2)];
  const word = (index: number) => (((all[index] ?? 0) << 8) | (all[index + 1] ?? 0)).toString(16);
  return `fe80::${[0, 2, 4, 6].map(word).join(":")}`;
}

/** The device on which the namespace reaches an address. */
export async function deviceTo(netns: string, address: string): Promise<string> {
  const route = await runInNetns(netns, "ip", ["-o", "route", "get", address]);
  return / dev (\S+)/.exec(route)?.[1] ?? "";
}

/** Switches IPv6 on in a namespace and waits until its links have tried out the addresses they gave themselves. */
export async function ipv6On(netns: string): Promise<void> {
  for (const which of ["all", "default"])
    await runInNetns(netns, "tee", [`/proc/sys/net/ipv6/conf/${which}/disable_ipv6`], "0");
  await sleep(3000);
}
