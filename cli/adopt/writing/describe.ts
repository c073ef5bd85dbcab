import { checkSystem } from "../../../model/check.ts";
import type { Fault } from "../../../model/fault.ts";
import type { System } from "../../../model/system.ts";
import { type Graph, graphOf } from "../edges/graph.ts";
import type { Adopted, Program } from "../program.ts";
import { placeText } from "../reading/place.ts";
import { foundAnswers } from "./answers.ts";
import { comment, noteText } from "./comment.ts";
import { type Code, code, type Entry, entry, valueOf } from "./code.ts";
import { thirdPartiesOf } from "./outside.ts";
import { routesOf } from "./routes.ts";
import { Secrets } from "./secrets.ts";
import { serviceEntry } from "./service.ts";
import { storeWord } from "./store-words.ts";

/** A description that is written, and what is still to be said in it. */
export interface Described {
  readonly code: Code;
  readonly system: System;
  readonly faults: readonly Fault[];
  readonly graph: Graph;
  /** What belongs to no service and is not carried over. */
  readonly notes: readonly string[];
  readonly secrets: readonly string[];
}

/** Describes what was read. Names that the description cannot have are changed as its own check says. */
export function describe(name: string, adopted: Adopted): Described {
  const first = described(name, adopted, new Map());
  const taken = first.faults
    .filter(({ kind }) => kind === "service-name-taken")
    .map(({ path }) => path.split("/")[1] ?? "");
  return taken.length === 0
    ? first
    : described(name, adopted, new Map(taken.map((one) => [one, `${one}-server`] as const)));
}

function described(name: string, adopted: Adopted, renamed: ReadonlyMap<string, string>): Described {
  const graph = graphOf(adopted.programs, renamed);
  const secrets = new Secrets();
  const services = servicesOf(graph, secrets);
  const stores = graph.stores.map((store) =>
    entry(store.name, code(storeWord(store)), [
      comment(`${store.program.name} (${store.program.base}), ${placeText(store.program.at)}`),
      ...store.program.notes.map(noteText),
    ]),
  );
  const whole: Code = {
    entries: [
      entry("name", code(name)),
      ...(stores.length > 0 ? [entry("stores", { entries: stores })] : []),
      entry("services", { entries: services }),
    ],
  };
  const system = valueOf(whole) as System; // what is missing is missing: the check says so
  const notes = [...adopted.notes, ...graph.notes].map(noteText);
  return { code: whole, system, faults: checkSystem(system), graph, notes, secrets: secretsIn(system) };
}

function servicesOf(graph: Graph, secrets: Secrets): Entry[] {
  const callersOf = (program: Program) =>
    graph.vertices.flatMap(({ calls }) => calls.filter(({ to }) => to === program));
  const known = new Map(
    graph.vertices.map(({ program }) => [program, foundAnswers(program, callersOf(program))] as const),
  );
  const answersOf = (program: Program) => known.get(program) ?? [];
  // Who answers nobody, such as one that plays users, comes to where users come.
  const isAsked = (program: Program) =>
    graph.vertices.some(
      (vertex) => answersOf(vertex.program).length > 0 && vertex.calls.some(({ to }) => to === program),
    );
  const { routes, comments } = routesOf(
    graph.vertices.map(({ program, name }) => ({
      program,
      name,
      answers: answersOf(program),
      isCalled: callersOf(program).length > 0,
      isAsked: isAsked(program),
    })),
  );
  return graph.vertices.map((vertex) =>
    serviceEntry({
      vertex,
      graph,
      answersOf,
      secrets,
      outside: thirdPartiesOf(vertex),
      answers: answersOf(vertex.program),
      routes: routes.get(vertex.program) ?? [],
      closed: comments.get(vertex.program) ?? [],
    }),
  );
}

/** Names of the secrets that a description reads, and with which its stores are reached. */
function secretsIn(of: unknown): string[] {
  if (typeof of !== "object" || of === null) return [];
  const { secret, existing, password } = of as { readonly [word in "secret" | "existing" | "password"]?: unknown };
  const own = [secret, existing === undefined ? undefined : password].filter((name) => typeof name === "string");
  return [...new Set([...own, ...Object.values(of).flatMap(secretsIn)])].toSorted();
}
