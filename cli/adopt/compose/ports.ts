import type { Port, Published } from "../program.ts";
import { get, items, type Node, textOf } from "../reading/node.ts";
import type { Note } from "../reading/place.ts";

/** What a service of Compose opens: for others, and on its machine. */
export interface Opened {
  readonly ports: readonly Port[];
  readonly published: readonly Published[];
  readonly notes: readonly Note[];
}

interface Mapping {
  readonly from?: number;
  readonly to: number;
  readonly name?: string;
  readonly spoken?: string;
}

/** The longest range of ports that is written out. */
const LONGEST_RANGE = 20;

/** Reads `ports` and `expose`. */
export function portsOf(service: Node): Opened {
  const notes: Note[] = [];
  const read = (node: Node): { node: Node; mapping: Mapping }[] => {
    const found = node.value instanceof Map ? longForm(node) : shortForm(textOf(node) ?? "");
    if (typeof found === "string") notes.push({ at: node.at, text: found });
    return typeof found === "string" ? [] : found.map((mapping) => ({ node, mapping }));
  };
  const bound = items(get(service, "ports")).flatMap(read);
  const exposed = items(get(service, "expose")).flatMap(read);
  const ports = new Map<number, Port>();
  for (const { mapping } of [...bound, ...exposed])
    if (!ports.has(mapping.to))
      ports.set(
        mapping.to,
        portOf(
          mapping,
          bound.some((one) => one.mapping.to === mapping.to && one.mapping.from !== undefined),
        ),
      );
  return {
    ports: [...ports.values()],
    // A port that any of the machine's may lead to is for whoever looks it up.
    published: bound
      .filter(({ mapping }) => mapping.from !== undefined)
      .map(({ node, mapping }) => ({
        path: "/",
        port: mapping.to,
        ...(mapping.from !== undefined && { onMachine: mapping.from }),
        at: node.at,
        because: `ports ${mapping.from}:${mapping.to}`,
        maybe: ![80, 443].includes(mapping.from ?? 0),
      })),
    notes,
  };
}

/** What a browser is usually sent to; others may speak anything. */
const WEB = /^(80|443|3000|4200|5000|5173|8\d{3}|9090)$/;

function portOf({ to, name, spoken }: Mapping, bound: boolean): Port {
  const told = /^grpc|^h2c/i.test(spoken ?? name ?? "")
    ? "grpc"
    : /^http|^ws/i.test(spoken ?? name ?? "")
      ? "http"
      : undefined;
  const protocol = told ?? (bound && WEB.test(String(to)) ? "http" : undefined);
  return { listens: to, ...(name !== undefined && { name }), ...(protocol !== undefined && { protocol }) };
}

function longForm(node: Node): Mapping[] | string {
  const [to, from, name, spoken] = ["target", "published", "name", "app_protocol"].map((key) => textOf(get(node, key)));
  if (textOf(get(node, "protocol")) === "udp") return `port ${to}/udp: only TCP is let through`;
  const target = Number(to);
  if (!Number.isInteger(target)) return `port "${to ?? ""}" is no number`;
  const published = Number(from);
  return [
    {
      to: target,
      ...(Number.isInteger(published) && from !== undefined && { from: published }),
      ...(name !== undefined && { name }),
      ...(spoken !== undefined && { spoken }),
    },
  ];
}

/** `[[address:]published:]target[/protocol]`, each a number or a range. */
function shortForm(text: string): Mapping[] | string {
  const [, left, first = "", last, udp] = /^(?:(.*):)?(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(text) ?? [];
  if (first === "") return `port "${text}" is no port that can be read`;
  if (udp !== undefined && udp !== "tcp") return `port ${text}: only TCP is let through`;
  const count = Number(last ?? first) - Number(first) + 1;
  if (count < 1 || count > LONGEST_RANGE) return `port ${text}: a range of ${count} ports`;
  const from = /(\d+)(?:-\d+)?$/.exec(left ?? "")?.[1];
  return Array.from({ length: count }, (_, step) => ({
    to: Number(first) + step,
    ...(from !== undefined && { from: Number(from) + step }),
  }));
}
