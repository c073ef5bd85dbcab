import { readProc } from "../../machine/proc.ts";
import { survivors } from "../processes/survivors.ts";

interface Listener {
  readonly address: string;
  readonly port: number;
}

/** Every TCP and UDP socket on which the network namespace of a cluster takes what comes, in the order of their ports. */
export function listenersOf(cluster: string): Listener[] {
  const [inside = 0] = survivors(cluster);
  const table = (file: string, state: string) =>
    (readProc(inside, `net/${file}`) ?? "")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((words) => words[3] === state)
      .map((words) => listener(words[1] ?? ""));
  const all = [...table("tcp", "0A"), ...table("tcp6", "0A"), ...table("udp", "07"), ...table("udp6", "07")];
  return all.sort((a, b) => a.port - b.port);
}

/** The kernel prints an IPv4 address as one number in this machine's order of bytes. */
function listener(local: string): Listener {
  const [address = "", port = ""] = local.split(":");
  const bytes = [...Buffer.from(address, "hex")].reverse();
  return { address: bytes.length === 4 ? bytes.join(".") : address, port: parseInt(port, 16) };
}
