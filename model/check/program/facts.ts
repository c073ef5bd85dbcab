import type { Fault } from "../../fault.ts";
import { answerOf, planAnswers, urlOf } from "../../plan/edges/answers.ts";
import { outsideNamed } from "../../plan/edges/outside.ts";
import type { System } from "../../system.ts";
import { isDeclined } from "../../words/declined.ts";
import type { AnyPart } from "../../words/service.ts";
import type { Fact, FactOf } from "../../words/value.ts";
import { list, unknownName } from "../place.ts";
import { factsOfStore } from "../stores/facts.ts";

const ADDRESS: readonly Fact[] = ["host", "port", "address", "url"];
const SELF: readonly Fact[] = [
  "host",
  "name",
  "publicUrl",
  "system",
  "service",
  "stage",
  "version",
  "replica",
  "namespace",
  "traces",
];

const EVENTS: readonly Fact[] = ["brokers", "topics", "group", "auth"];

/** Who reads a fact. */
export interface FactReader {
  readonly system: System;
  readonly name: string;
  readonly part: AnyPart;
}

/** A fact of something that is not there, that it does not have, or that the network would not let through. */
export function checkFact(reader: FactReader, path: string, fact: FactOf): Fault[] {
  const { system, name, part } = reader;
  const { of } = fact;
  if (of === "self") return had(path, fact, [...publicFacts(system), ...eventFacts(part)], "the service itself");
  const third = outsideNamed(of);
  if (third !== undefined) return ofOutside(path, fact, third, part);
  if (Object.hasOwn(system.stores ?? {}, of)) return ofStore(path, fact, reader);
  if (!Object.hasOwn(system.services, of)) return [unknownOwner(path, of, reader)];
  if (of === name) return had(path, fact, ADDRESS, `"${of}"`);
  if (part.calls?.[of] === undefined) return [withoutEdge(path, fact, callOf(of, system))];
  const answers = planAnswers(system.services[of] as AnyPart);
  return answerOf(answers, part.calls[of]?.answer) === undefined ? [] : had(path, fact, ADDRESS, `"${of}", a service`);
}

/** Who nobody outside may ask has no public address. */
function publicFacts({ entry }: System): readonly Fact[] {
  return isDeclined(entry) ? SELF.filter((fact) => fact !== "publicUrl") : SELF;
}

/** Who consumes events has to find them. */
function eventFacts({ consumes = [] }: AnyPart): readonly Fact[] {
  return consumes.length === 0 ? [] : EVENTS;
}

function ofOutside(path: string, fact: FactOf, third: string, { outside = {} }: AnyPart): Fault[] {
  if (Object.hasOwn(outside, third)) return had(path, fact, ADDRESS, `"${fact.of}", a third party`);
  const fix = `add outside: { ${word(third)}: { host: "…", reason: "…", onFailure: "own" } }`;
  return [withoutEdge(path, fact, fix)];
}

function ofStore(path: string, fact: FactOf, { system, part }: FactReader): Fault[] {
  const store = system.stores?.[fact.of];
  if (store === undefined) return [];
  const kind = "existing" in store ? `an existing ${store.kind}` : `a store of kind ${store.kind}`;
  const faults = had(path, fact, factsOfStore(store), `"${fact.of}", ${kind}`);
  if (part.uses?.[fact.of] !== undefined) return faults;
  return [withoutEdge(path, fact, `add uses: { ${word(fact.of)}: { may: "write" } }`), ...faults];
}

function unknownOwner(path: string, of: string, { system, part }: FactReader): Fault {
  const known = [
    ...Object.keys(system.services),
    ...Object.keys(system.stores ?? {}),
    "self",
    ...Object.keys(part.outside ?? {}).map((third) => `outside/${third}`),
  ];
  return unknownName("unknown-fact-owner", path, of, known, "service, store or third party here");
}

/** Its address would be there and its port closed. */
function withoutEdge(path: string, { of, fact }: FactOf, fix: string): Fault {
  return {
    kind: "fact-without-edge",
    path,
    found: `the ${fact} of "${of}" without an edge to it: the network would let nothing through`,
    allowed: "facts of what stands under `calls`, `uses` or `outside` of this part",
    fix,
  };
}

function callOf(callee: string, { services }: System): string {
  const kind = services[callee]?.kind ?? "service";
  if (kind !== "service") return `"${callee}" is a ${kind} and answers nobody: remove the fact`;
  const [answer] = planAnswers(services[callee] as AnyPart);
  const text =
    answer === undefined ? "" : `; if the program only hands it on, write the text "${urlOf(callee, answer)}"`;
  return `add calls: { ${word(callee)}: { reason: "…", onFailure: "own", transactional: false, keptBy: { declined: "…" } } }${text}`;
}

function had(path: string, { fact }: FactOf, facts: readonly Fact[], owner: string): Fault[] {
  if (facts.includes(fact)) return [];
  return [
    {
      kind: "fact-not-had",
      path,
      found: `"${fact}" of ${owner}, which has none`,
      allowed: list(facts),
      fix: "ask for one of them, or put them together with `template`",
    },
  ];
}

/** A name as it stands before a colon. */
function word(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : `"${name}"`;
}
