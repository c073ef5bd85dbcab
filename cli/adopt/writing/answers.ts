import type { Protocol } from "../../../model/words/answer.ts";
import type { Edge } from "../edges/graph.ts";
import type { Port, Program } from "../program.ts";
import { plainText } from "../stores/recognise.ts";

/** One answer of a service, as far as its files and its callers say. */
export interface AnswerFound {
  readonly name: string;
  readonly protocol?: Protocol;
  readonly listens: number;
  readonly known?: number;
}

/** What a program answers: the ports of its files, of its image, and those that its callers ask. */
export function foundAnswers(program: Program, callers: readonly Edge<Program>[]): AnswerFound[] {
  if (program.job) return [];
  const own = program.ports.length > 0 ? program.ports : lookedAt(program);
  const asked = callers.flatMap(({ ports }) => ports);
  const isKnown = (port: number) => own.some(({ listens, known }) => listens === port || known === port);
  const more = [...new Set(asked)].filter((port) => !isKnown(port)).map((listens): Port => ({ listens }));
  const all = own.length > 0 || more.length > 0 ? [...own, ...more] : callers.length > 0 ? [{ listens: 80 }] : [];
  const sorted = all.map((port) => named(port, program)).toSorted((a, b) => Number(isAside(a)) - Number(isAside(b)));
  const names = new Set<string>();
  return sorted.map((port) => {
    const protocol = protocolOf(port, program, callers, sorted.filter((one) => !isAside(one)).length);
    const { listens, known } = port;
    const name = nameOf(port, protocol, names);
    names.add(name);
    return { name, ...(protocol !== undefined && { protocol }), listens, ...(known !== undefined && { known }) };
  });
}

function lookedAt({ look }: Program): Port[] {
  return look?.answers == null ? [] : [{ listens: look.answers.listens, protocol: look.answers.protocol }];
}

/** `ADMIN_PORT=9901` says what a port is for. */
function named(port: Port, { variables }: Program): Port {
  if (port.name !== undefined) return port;
  const told = variables.find((one) => plainText(one.told) === String(port.listens) && isAside({ name: one.name }));
  return told === undefined ? port : { ...port, name: /admin|manage/i.test(told.name) ? "admin" : "metrics" };
}

/** Figures and management stand behind what callers ask. */
function isAside({ name = "" }: Pick<Port, "name">): boolean {
  return /metric|prom|admin|manage|debug|jmx/i.test(name);
}

function protocolOf(
  port: Port,
  program: Program,
  callers: readonly Edge<Program>[],
  count: number,
): Protocol | undefined {
  if (port.protocol !== undefined) return port.protocol;
  const { look, health } = program;
  if (isAside(port)) return "http";
  if (look?.answers?.listens === port.listens || (look?.answers && count === 1)) return look.answers.protocol;
  const asking = callers.filter(({ ports }) => count === 1 || ports.includes(port.known ?? port.listens));
  const schemes = asking.flatMap(({ schemes: own }) => own);
  if (schemes.some((scheme) => /^(https?|wss?)$/.test(scheme))) return "http";
  if (
    schemes.some((scheme) => /grpc|^dns$/.test(scheme)) ||
    asking.some(({ evidence }) => evidence.some(({ text }) => /grpc/i.test(text.split("=")[0] ?? "")))
  )
    return "grpc";
  if (count > 1 || health === undefined) return undefined;
  if (health === "grpc") return "grpc";
  return typeof health === "string" || "ready" in health ? "http" : undefined;
}

function nameOf({ name = "", listens }: Port, protocol: Protocol | undefined, taken: ReadonlySet<string>): string {
  const isName = name.length <= 15 && /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
  const wanted = [...(protocol === undefined ? [] : [protocol]), ...(isName ? [name] : []), `port-${listens}`];
  return wanted.find((one) => !taken.has(one)) ?? `port-${listens}`;
}

/** The answer that a caller asks: by the port that it knows, otherwise the first. */
export function askedAnswer(
  answers: readonly AnswerFound[],
  { ports }: Pick<Edge<unknown>, "ports">,
): AnswerFound | undefined {
  const byPort = answers.filter(({ listens, known }) => ports.includes(known ?? listens) || ports.includes(listens));
  return byPort[0] ?? answers[0];
}
