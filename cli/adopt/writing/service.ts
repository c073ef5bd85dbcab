import type { Health } from "../../../model/words/answer.ts";
import { isDeclined } from "../../../model/words/declined.ts";
import type { Evidence, Graph, Vertex } from "../edges/graph.ts";
import type { Program } from "../program.ts";
import { placeText } from "../reading/place.ts";
import { type AnswerFound, askedAnswer } from "./answers.ts";
import { comment, noteText } from "./comment.ts";
import { type Code, code, type Entry, entry, secretCode } from "./code.ts";
import { besideOf } from "./beside.ts";
import type { Reader } from "./reader.ts";
import { readsOf } from "./reads.ts";
import type { RouteFound } from "./routes.ts";

/** What else is known of a service once the whole graph is. */
export interface Shown extends Reader {
  readonly answers: readonly AnswerFound[];
  readonly routes: readonly RouteFound[];
  /** What was published and is no route. */
  readonly closed: readonly string[];
}

/** A service as its entry in the description. Promises, reasons and rights are left out: nobody has said them. */
export function serviceEntry(shown: Shown): Entry {
  const { program, name } = shown.vertex;
  const isWorker = !program.job && shown.answers.length === 0;
  const reads = readsOf(shown);
  const entries: Entry[] = [
    ...(isWorker ? [entry("kind", code("worker"))] : program.job ? jobWords(program) : []),
    entry("from", code(program.source)),
    ...(program.run.length > 0 ? [entry("run", code(program.run))] : []),
    ...(shown.answers.length > 0 ? [entry("answers", answersCode(shown.answers))] : []),
    ...(program.job ? [] : runningWords(program, shown)),
    ...edges(shown),
    ...(reads.entries.length > 0 ? [entry("reads", { entries: reads.entries })] : []),
    ...filesOf(shown),
    ...(program.beside.length > 0 && !program.job ? [besideOf(shown)] : []),
  ];
  return entry(name, { entries }, commentsOf(shown, reads.comments));
}

function commentsOf({ vertex, graph, closed }: Shown, reads: readonly string[]): string[] {
  const { program, notes } = vertex;
  const seen = program.look?.seen ?? [];
  return [
    `${program.name === vertex.name ? "" : `${program.name} there; `}${placeText(program.at)}`,
    ...seen.map((one) => `found: ${one}`),
    ...[...notes, ...program.notes].map(noteText),
    ...(program.behind === undefined
      ? []
      : [
          `${placeText(program.behind)}: \`run\` is given to the entry point of the image, if it has one: write that before it`,
        ]),
    ...closed,
    ...reads,
    ...waits(vertex, graph),
  ].map(comment);
}

/** `depends_on` is an order of starts, and seldom alone a call. */
function waits({ program, calls, uses }: Vertex, graph: Graph): string[] {
  const reached = [...calls.map(({ to }) => to), ...uses.map(({ to }) => to.program)].map(({ name }) => name);
  const isBrought = (name: string) => graph.notes.some(({ text }) => text.startsWith(`${name} (`));
  const ending = graph.vertices.filter((vertex) => vertex.program.job).map((vertex) => vertex.program.name);
  return program.waitsFor
    .filter(({ name }) => !reached.includes(name) && !isBrought(name))
    .map(({ name, at }) =>
      ending.includes(name)
        ? `starts once ${name} has ended (${placeText(at)}); what brings tables before a rollout is a \`migration\``
        : `starts after ${name} (${placeText(at)}), and no variable leads to it: a call only if it asks it`,
    );
}

function jobWords({ runs = "when asked", endsWithin, overlap }: Program): Entry[] {
  return [
    entry("kind", code("job")),
    entry("runs", code(runs)),
    ...(endsWithin === undefined ? [] : [entry("endsWithin", code(endsWithin))]),
    ...(overlap === undefined ? [] : [entry("overlap", code(overlap))]),
  ];
}

function answersCode(answers: readonly AnswerFound[]): Code {
  return { entries: answers.map(({ name, ...answer }) => entry(name, code(answer))) };
}

function runningWords(program: Program, { routes, answers }: Shown): Entry[] {
  const health = healthOf(program, answers);
  const needs = { ...program.look?.needs, ...program.sizes };
  const measured = program.look?.measured;
  return [
    ...(health === undefined ? [] : [entry("health", code(health))]),
    ...(measured != null && measured !== "gateway" ? [entry("measured", code(measured))] : []),
    ...(Object.keys(needs).length > 0 ? [entry("needs", code(needs))] : []),
    ...(program.scale === undefined || program.folder !== undefined ? [] : [entry("scale", code(program.scale))]),
    ...(program.folder === undefined ? [] : [entry("folder", code(program.folder))]),
    ...(routes.length === 0
      ? []
      : [
          entry(
            "routes",
            routesCode(routes),
            routes.map(({ because }) => comment(`from ${because}`)),
          ),
        ]),
  ];
}

function routesCode(routes: readonly RouteFound[]): Code {
  return { items: routes.map(({ because: _, ...route }) => code(route)) };
}

/** What its files say; what only its sources would say is left out where they say nothing. */
function healthOf({ health, look }: Program, answers: readonly AnswerFound[]): Health | undefined {
  const found =
    health ??
    (look !== undefined && !(typeof look.health === "object" && isDeclined(look.health)) ? look.health : undefined);
  if (found === undefined || typeof found === "string")
    return found === "grpc" && !answers.some(({ protocol }) => protocol === "grpc") ? undefined : found;
  if (!("ready" in found)) return found;
  const { port, ...paths } = found;
  const first = answers.find(({ protocol }) => protocol === "http");
  return port === undefined || port === first?.listens ? paths : found;
}

function edges(shown: Shown): Entry[] {
  const { calls, uses, traces } = shown.vertex;
  const callees = calls.map((call) => {
    const answers = shown.answersOf(call.to);
    const asked = askedAnswer(answers, call);
    const words = asked !== undefined && asked !== answers[0] ? { answer: asked.name } : {};
    const others = answers.filter((one) => one !== asked && call.ports.includes(one.known ?? one.listens));
    const name = shown.graph.nameOf(call.to);
    const said = others.map((one) =>
      comment(`asked at ${one.name} too, which is not let through: one answer of a callee can be asked`),
    );
    const written = withEvidence(name, code(words), call.evidence, shown);
    return { ...written, above: [...written.above, ...said] };
  });
  const stores = uses.map((use) => withEvidence(use.to.name, code({}), use.evidence, shown));
  const parties = shown.outside.map(({ name, host, port, evidence }) =>
    entry(name, code({ host, ...(port !== undefined && { port }) }), [], comment(evidence)),
  );
  const table = (word: string, entries: Entry[]) => (entries.length > 0 ? [entry(word, { entries })] : []);
  return [
    ...table("calls", callees),
    ...table("outside", parties),
    ...table("uses", stores),
    ...(traces === undefined ? [] : [entry("traces", code(traces))]),
  ];
}

function withEvidence(name: string, value: Code, evidence: readonly Evidence[], { vertex }: Shown): Entry {
  const [last, ...others] = evidence.map(({ text, at }) =>
    comment(`from ${text} in ${vertex.program.name}, ${placeText(at)}`),
  );
  return entry(name, value, others, last);
}

function filesOf({ vertex: { program } }: Shown): Entry[] {
  if (program.files.length === 0) return [];
  const laid = new Map(program.files.map(({ path, file }) => [path, file] as const));
  const entries = [...laid].map(([path, file]) => entry(path, "secret" in file ? secretCode(file.secret) : code(file)));
  return [entry("files", { entries })];
}
