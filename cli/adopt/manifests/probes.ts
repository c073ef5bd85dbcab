import type { Health } from "../../../model/words/answer.ts";
import type { Port } from "../program.ts";
import { get, items, type Node, textOf, textsOf } from "../reading/node.ts";
import { timeOf } from "../reading/sizes.ts";

/** How a container lets itself be asked, and what that says of its ports. */
export interface Probed {
  readonly health?: Health;
  readonly startsWithin?: string;
  /** Ports that the probes speak to, with the protocol. */
  readonly ports: readonly Port[];
}

/** Reads the probes of a container; `portNamed` finds a port by its name. */
export function probesOf(container: Node, portNamed: (name: string) => number | undefined): Probed {
  const [readiness, liveness, startup] = ["readinessProbe", "livenessProbe", "startupProbe"].map((key) =>
    get(container, key),
  );
  const [first] = [readiness, liveness, startup].filter((probe) => probe !== undefined);
  const starts = startsWithin(startup, liveness);
  const time = starts === undefined ? {} : { startsWithin: starts };
  if (first === undefined) return { ports: [] };
  const http = get(first, "httpGet");
  if (http !== undefined)
    return { ...time, ...overHttp(http, get(readiness, "httpGet"), get(liveness, "httpGet"), portNamed) };
  const grpc = get(first, "grpc");
  if (grpc !== undefined)
    return { ...time, health: "grpc", ports: [{ listens: Number(textOf(get(grpc, "port"))), protocol: "grpc" }] };
  const command = textsOf(get(first, "exec", "command"));
  if (/grpc[_-]health[_-]probe/.test(command.join(" "))) return { ...time, health: "grpc", ports: grpcPort(command) };
  if (command.length > 0) return { ...time, health: { command }, ports: [] };
  const isTcp = get(first, "tcpSocket") !== undefined;
  return { ...time, ...(isTcp && { health: { connects: "its probes ask for a connection only" } }), ports: [] };
}

function grpcPort(command: readonly string[]): Port[] {
  const port = /addr=?\s*\S*:(\d+)/.exec(command.join(" "))?.[1];
  return port === undefined ? [] : [{ listens: Number(port), protocol: "grpc" }];
}

function overHttp(
  first: Node,
  readiness: Node | undefined,
  liveness: Node | undefined,
  portNamed: (name: string) => number | undefined,
): Pick<Probed, "ports" | "health"> {
  const path = (node: Node | undefined) => textOf(get(node, "path"));
  const ready = path(readiness) ?? path(first) ?? "/";
  const alive = path(liveness) ?? ready;
  const written = textOf(get(first, "port")) ?? "";
  const port = /^\d+$/.test(written) ? Number(written) : portNamed(written);
  const headers = items(get(first, "httpHeaders")).map((node) => [
    textOf(get(node, "name")) ?? "",
    textOf(get(node, "value")) ?? "",
  ]);
  return {
    health: {
      ready,
      alive,
      ...(port !== undefined && { port }),
      ...(headers.length > 0 && { headers: Object.fromEntries(headers) as Record<string, string> }),
    },
    ports: port === undefined ? [] : [{ listens: port, protocol: "http" }],
  };
}

/** A start that takes less needs no word. */
const USUAL_SECONDS = 60;
const LONGEST_SECONDS = 15 * 60;

/** The longest start that Kubernetes would have waited for. */
function startsWithin(startup: Node | undefined, liveness: Node | undefined): string | undefined {
  const probe = startup ?? liveness;
  const number = (key: string, otherwise: number) => Number(textOf(get(probe, key)) ?? otherwise);
  const seconds = number("initialDelaySeconds", 0) + number("failureThreshold", 3) * number("periodSeconds", 10);
  const isSaid = probe !== undefined && (startup !== undefined || number("initialDelaySeconds", 0) > 0);
  return isSaid && seconds > USUAL_SECONDS ? timeOf(Math.min(seconds, LONGEST_SECONDS)) : undefined;
}
