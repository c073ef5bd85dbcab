import type { Program, Variable, Written } from "../program.ts";
import type { Note, Place } from "../reading/place.ts";
import type { KnownImage } from "../stores/known.ts";
import { plainText, recognised } from "../stores/recognise.ts";
import { type StoreFound, Stores } from "../stores/found.ts";
import { labelsOf } from "../writing/label.ts";
import { type Mention, mentionsIn } from "./mentions.ts";
import { type Bound, Names } from "./names.ts";
import { databaseIn, stemOf } from "./database-in.ts";
import { shownValue } from "./shown-value.ts";

/** Why an edge is there: `CART_ADDR=cart:7070`, and where. */
export interface Evidence {
  readonly text: string;
  readonly at: Place;
}

/** What one program has to do with another, or with a store. */
export interface Edge<T> {
  readonly to: T;
  readonly evidence: readonly Evidence[];
  /** Ports that are asked, where they are said. */
  readonly ports: readonly number[];
  /** What is said of how it speaks. */
  readonly schemes: readonly string[];
}

/** What a variable says of others. */
export interface Read {
  readonly variable: Variable;
  readonly text: string;
  readonly mentions: readonly Mention[];
}

/** A program that becomes a service, with its edges. */
export interface Vertex {
  readonly program: Program;
  readonly name: string;
  readonly reads: readonly Read[];
  readonly calls: readonly Edge<Program>[];
  readonly uses: readonly Edge<StoreFound>[];
  readonly traces: "otlp" | "zipkin" | undefined;
  readonly notes: readonly Note[];
}

/** The whole as it is going to be described. */
export interface Graph {
  readonly vertices: readonly Vertex[];
  readonly stores: readonly StoreFound[];
  /** Programs that are not carried over as services, and why. */
  readonly notes: readonly Note[];
  readonly nameOf: (program: Program) => string;
  readonly roleOf: (program: Program) => KnownImage | undefined;
}

/** Finds who asks whom, and which programs are stores. `renamed` are names that the description cannot have. */
export function graphOf(programs: readonly Program[], renamed: ReadonlyMap<string, string>): Graph {
  const roles = new Map(programs.map((program) => [program, recognised(program)] as const));
  const labels = labelsOf(programs.map(({ name }) => name));
  const nameOf = (program: Program) => {
    const label = labels.get(program.name) ?? program.name;
    return renamed.get(label) ?? label;
  };
  const names = new Names(programs, onMachine(programs));
  const stores = new Stores(programs.map(nameOf));
  const builder: Builder = { names, stores, nameOf, roleOf: (program) => roles.get(program) };
  const vertices = programs
    .filter((program) => roles.get(program) === undefined)
    .map((program) => vertexOf(program, builder));
  return {
    vertices,
    stores: stores.all,
    notes: [...roles].flatMap(([program, role]) => away(program, role, stores.all)),
    nameOf,
    roleOf: builder.roleOf,
  };
}

interface Builder extends Pick<Graph, "nameOf" | "roleOf"> {
  readonly names: Names;
  readonly stores: Stores;
}

/** Who answers at which port of the machine. */
function onMachine(programs: readonly Program[]): ReadonlyMap<number, Bound> {
  const bound = programs.flatMap((program) => [
    ...program.published.flatMap(({ onMachine: port, port: own = 0 }) =>
      port === undefined ? [] : [[port, { program, port: own }] as const],
    ),
    ...(program.onHost ? program.ports.map(({ listens }) => [listens, { program, port: listens }] as const) : []),
  ]);
  return new Map(bound);
}

function vertexOf(program: Program, builder: Builder): Vertex {
  const reads = program.variables.map((variable) => readOf(variable, program, builder));
  const { kept, doubted } = believed(program, reads);
  const found: Found[] = [
    ...kept.flatMap(({ variable, text, mentions }) =>
      mentions.map((mention) => ({
        mention,
        text,
        variable,
        evidence: { text: `${variable.name}=${shownValue(variable, text)}`, at: variable.at },
      })),
    ),
    ...program.written.flatMap((written) => inText(written, program, builder)),
  ];
  const traces = found
    .map(({ mention }) => builder.roleOf(mention.program)?.as)
    .find((as) => as !== undefined && "traces" in as);
  return {
    program,
    name: builder.nameOf(program),
    reads: kept,
    calls: grouped(
      found.flatMap((one) =>
        builder.roleOf(one.mention.program) === undefined ? [{ ...one, to: one.mention.program }] : [],
      ),
    ),
    uses: grouped(found.flatMap((one) => storesOf(one, program, builder).map((to) => ({ ...one, to })))),
    traces: traces !== undefined && "traces" in traces ? traces.traces : undefined,
    notes: doubted,
  };
}

interface Found {
  readonly mention: Mention;
  readonly text: string;
  readonly variable?: Variable;
  readonly evidence: Evidence;
}

function readOf(variable: Variable, program: Program, { names }: Builder): Read {
  const text = plainText(variable.told) ?? "";
  const mentions = mentionsIn(text, variable.name, program, names);
  return { variable, text, mentions: mentions.map((mention) => withPortBeside(mention, variable.name, program)) };
}

/** `FORECAST_PORT` says the port of the host in `FORECAST_HOST`. */
function withPortBeside(mention: Mention, name: string, { variables }: Program): Mention {
  if (mention.port !== undefined || mention.scheme !== undefined) return mention;
  const beside = variables.find((other) => other.name.toUpperCase() === `${stemOf(name)}PORT`);
  const port = Number(plainText(beside?.told) ?? Number.NaN);
  return Number.isInteger(port) && port > 0 ? { ...mention, portBeside: port } : mention;
}

/** Settings that several programs share say what one of them may ask, not that each does: sources decide where they are there. */
function believed(program: Program, reads: readonly Read[]): { kept: readonly Read[]; doubted: Note[] } {
  const isDoubted = ({ variable, mentions }: Read) =>
    variable.shared !== undefined &&
    mentions.length > 0 &&
    program.speaksOf !== undefined &&
    !program.speaksOf(variable.name);
  return {
    kept: reads.filter((read) => !isDoubted(read)),
    doubted: reads.filter(isDoubted).map(({ variable, text }) => ({
      at: variable.at,
      text: `no edge from ${variable.name}=${shownValue(variable, text)}: it comes with the whole of ${variable.shared}, and its sources do not speak of it`,
    })),
  };
}

/** A command or a file names hosts for many reasons; only what looks like an address of a port that is there counts. */
function inText({ what, text, at }: Written, program: Program, { names }: Builder): Found[] {
  return mentionsIn(text, undefined, program, names)
    .filter(
      ({ program: { ports }, port, scheme }) =>
        scheme !== undefined || ports.some(({ listens, known }) => port === listens || port === known),
    )
    .map((mention) => ({
      mention,
      text,
      evidence: { text: `${text.slice(mention.from, mention.end).replace(/\/\/.*@/, "//…@")} in ${what}`, at },
    }));
}

function storesOf(found: Found, program: Program, { roleOf, stores, nameOf }: Builder): StoreFound[] {
  const { mention, text, variable } = found;
  const known = roleOf(mention.program);
  if (known === undefined || "traces" in known.as || "brought" in known.as) return [];
  if ("broker" in known.as) {
    const topics = topicsOf(program);
    if (topics.length > 0) return topics.map((topic) => stores.topic(mention.program, known, topic));
  }
  const database = databaseIn(text, mention, variable, program);
  return [stores.database(mention.program, known, nameOf(mention.program), database)];
}

/** True for a variable that says the name of a topic. */
export function isTopicName(variable: string): boolean {
  return /TOPICS?(_?NAMES?)?$/i.test(variable);
}

/** Topics that a program is told by name. */
export function topicsOf({ variables }: Program): string[] {
  const told = variables.filter(({ name }) => isTopicName(name)).flatMap(({ told: one }) => plainText(one) ?? []);
  return [...new Set(told)].filter((topic) => /^[a-zA-Z][\w.-]*$/.test(topic) && !/^(true|false)$/.test(topic));
}

function grouped<T>(found: readonly (Found & { readonly to: T })[]): Edge<T>[] {
  return [...Map.groupBy(found, ({ to }) => to)].map(([to, all]) => ({
    to,
    evidence: [...new Map(all.map(({ evidence }) => [evidence.text, evidence])).values()],
    ports: [
      ...new Set(
        all.flatMap(({ mention: { port, portBeside, scheme } }) => port ?? portBeside ?? (scheme === "http" ? 80 : [])),
      ),
    ],
    schemes: [...new Set(all.flatMap(({ mention: { scheme } }) => scheme ?? []))],
  }));
}

function away(program: Program, role: KnownImage | undefined, stores: readonly StoreFound[]): Note[] {
  if (role === undefined) return [];
  const note = (text: string) => [{ at: program.at, text: `${program.name} (${program.base}) ${text}` }];
  if ("brought" in role.as) return note(`is not carried over: ${role.as.brought}`);
  if ("traces" in role.as)
    return note("is not carried over: `traces` says what a service sends, and the platform where to");
  return stores.some((store) => store.program === program)
    ? []
    : note("is a store that no variable leads to: add it under `stores` and `uses` if somebody has data there");
}
