import type { Health } from "../../../model/words/answer.ts";
import type { Port } from "../program.ts";
import { get, type Node, textOf, textsOf } from "../reading/node.ts";
import type { Note } from "../reading/place.ts";
import { secondsOf, timeOf } from "../reading/sizes.ts";

/** How a service of Compose lets itself be asked. */
export interface ComposeHealth {
  readonly health?: Health;
  /** Port of its HTTP paths. */
  readonly port?: number;
  readonly startsWithin?: string;
  readonly notes: readonly Note[];
}

/** What asks over HTTP from inside the container: Slipway asks from outside, and needs no curl in the image. */
const ASKED =
  /\b(?:curl|wget|http)\b[^|;&]*?(?:https?:\/\/)?(?<![\w.-])([\w.-]+|\[::1?\])(?::(\d+))?(\/[^\s"'|;&]*|(?=[\s"'|;&]|$))/;
const HERE = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]", "[::]"];

/** Reads `healthcheck`; `names` are those of the service itself. */
export function healthOf(service: Node, names: readonly string[]): ComposeHealth {
  const check = get(service, "healthcheck");
  const test = get(check, "test");
  if (check === undefined || test === undefined) return { notes: [] };
  const [first = "", ...rest] = Array.isArray(test.value) ? textsOf(test) : ["CMD-SHELL", textOf(test) ?? ""];
  if (first === "NONE" || textOf(get(check, "disable")) === "true") return { notes: [] };
  const command = first === "CMD-SHELL" ? ["sh", "-c", rest.join(" ")] : first === "CMD" ? rest : [first, ...rest];
  const starts = startsWithin(check);
  const time = starts === undefined ? {} : { startsWithin: starts };
  const line = command.join(" ");
  const secret = /pass(word|wd)?\b|-p\S|secret|token/i.test(line);
  if (secret)
    return {
      ...time,
      notes: [{ at: test.at, text: "healthcheck is not carried over: its command has a password in it" }],
    };
  const url = askedAt(line, [...HERE, ...names]);
  if (url !== undefined) return { ...time, ...url, notes: [] };
  if (/grpc[_-]health[_-]probe/.test(line)) return { ...time, health: "grpc", notes: [] };
  if (/\bnc\b.* -z|\/dev\/tcp\//.test(line))
    return { ...time, health: { connects: "its healthcheck asks for a connection only" }, notes: [] };
  return command.length === 0 ? { notes: [] } : { ...time, health: { command }, notes: [] };
}

function askedAt(line: string, names: readonly string[]): { health: Health; port?: number } | undefined {
  const words = line.split(/\s+/).filter((word) => /^["']?(https?:\/\/|localhost|127\.)/.test(word));
  const [, host = "", port, path = ""] = ASKED.exec(`curl ${words[0] ?? ""}`) ?? [];
  if (!/\b(curl|wget|http)\b/.test(line) || !names.includes(host)) return undefined;
  const asked = path === "" ? "/" : path;
  return { health: { ready: asked, alive: asked }, ...(port !== undefined && { port: Number(port) }) };
}

/** The longest start that Compose itself would have waited for. */
function startsWithin(check: Node): string | undefined {
  const [period, interval = 30] = ["start_period", "interval"].map((key) => secondsOf(textOf(get(check, key))));
  if (period === undefined || period <= 0) return undefined;
  return timeOf(Math.min(period + interval * Number(textOf(get(check, "retries")) ?? 3), 15 * 60));
}

/** The ports of a service with the one at which its health is asked. */
export function withHealthPort(ports: readonly Port[], { port, health }: ComposeHealth): Port[] {
  const asked =
    port ?? (health !== undefined && typeof health === "object" && "ready" in health ? ports[0]?.listens : undefined);
  if (asked === undefined) return [...ports];
  const known = ports.some(({ listens }) => listens === asked);
  const told = ports.map((port_) =>
    port_.listens === asked ? { ...port_, protocol: port_.protocol ?? ("http" as const) } : port_,
  );
  return known ? told : [...told, { listens: asked, protocol: "http" }];
}

/** The port of its paths is said where it is not that of its first answer. */
export function healthAt(
  { health, port }: ComposeHealth,
  ports: readonly Port[],
): NonNullable<ComposeHealth["health"]> {
  const isOther = port !== undefined && ports.length > 0 && ports[0]?.listens !== port;
  if (health === undefined) return { connects: "" };
  return isOther && typeof health === "object" && "ready" in health ? { ...health, port } : health;
}
