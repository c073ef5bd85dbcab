import { processIds, readProc } from "./proc.ts";

/** State of a socket that waits for connections, in the kernel's own list. */
const LISTENING = "0A";

/** TCP ports on which anything listens where this process is: in its network namespace, so in the whole pod of a container. */
export function listeningPorts(pid: number): number[] {
  const rows = ["net/tcp", "net/tcp6"].flatMap((file) => (readProc(pid, file) ?? "").split("\n").slice(1));
  const ports = rows.flatMap((row) => {
    const [, local = "", , state] = row.trim().split(/\s+/);
    return state === LISTENING ? [Number.parseInt(local.slice(local.lastIndexOf(":") + 1), 16)] : [];
  });
  return [...new Set(ports)].toSorted((a, b) => a - b);
}

/** A process of a pod that runs on this machine; undefined for pods elsewhere, or of which nothing runs. */
export function processOfPod(uid: string): number | undefined {
  const names = [`pod${uid}`, `pod${uid.replaceAll("-", "_")}`]; // as the two drivers of control groups write it
  return processIds().find((pid) => names.some((name) => readProc(pid, "cgroup")?.includes(name)));
}
