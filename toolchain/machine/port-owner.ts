import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { commandLine, processIds } from "./proc.ts";

const listening = "0A"; // TCP_LISTEN in /proc/net/tcp

/** The process that listens on a TCP port of 127.0.0.1 or of every address, or undefined when the port is free. */
export function portOwner(port: number): { pid: number; command: string } | undefined {
  const inodes = new Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) => listeners(table, port)));
  if (inodes.size === 0) return undefined;
  const pid = processIds().find((id) => holdsSocket(id, inodes));
  return pid === undefined ? { pid: 0, command: "a process of another user" } : { pid, command: commandLine(pid) };
}

function listeners(table: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return readLines(table)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(wanted) && fields[3] === listening)
    .map((fields) => `socket:[${fields[9]}]`);
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return []; // no IPv6 on this machine
  }
}

function holdsSocket(pid: number, inodes: ReadonlySet<string>): boolean {
  const folder = `/proc/${pid}/fd`;
  return (orNothing(() => readdirSync(folder)) ?? []).some((fd) => {
    return inodes.has(orNothing(() => readlinkSync(`${folder}/${fd}`)) ?? "");
  });
}

/** Processes end and files are closed while they are looked at. */
function orNothing<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
