import { groupName } from "../../names.ts";
import type { Stage } from "../../stage.ts";
import type { System } from "../../system.ts";
import type { AnyPart } from "../../words/service.ts";
import type { FactOf, SecretValue, Value } from "../../words/value.ts";
import { answerOfService, urlOf } from "../edges/answers.ts";
import { outsideNamed, planOutsideOne } from "../edges/outside.ts";
import { planTopicUse } from "../messaging.ts";
import type { Piece, PodFact, StoreFact, Variables } from "./pieces.ts";

/** Whose variables they are. */
export interface Reader {
  readonly system: System;
  readonly name: string;
  readonly part: AnyPart;
  readonly stage: Stage;
}

type Pieces = readonly (string | Piece)[];

/** Everything a program reads, sorted by when it can be known. */
export function planVariables(reader: Reader, reads: Readonly<Record<string, Value>>): Variables {
  const entries = Object.entries(reads);
  const ofPod = entries.flatMap(([variable, value]) => {
    const fact = podFactOf(value);
    return fact === undefined ? [] : [[variable, fact] as const];
  });
  const others = entries
    .filter(([, value]) => podFactOf(value) === undefined)
    .map(([variable, value]) => [variable, piecesOf(reader, value)] as const);
  const [known, open] = [
    others.filter(([, pieces]) => isKnown(pieces)),
    others.filter(([, pieces]) => !isKnown(pieces)),
  ];
  return {
    settings: Object.fromEntries(known.map(([variable, pieces]) => [variable, pieces.join("")])),
    composed: Object.fromEntries(open),
    ofPod: Object.fromEntries(ofPod),
  };
}

function isKnown(pieces: Pieces): boolean {
  return pieces.every((piece) => typeof piece === "string");
}

function podFactOf(value: Value): PodFact | undefined {
  if (typeof value !== "object" || !("fact" in value) || value.of !== "self") return undefined;
  return value.fact === "version" || value.fact === "replica" ? value.fact : undefined;
}

function piecesOf(reader: Reader, value: Value): Pieces {
  if (typeof value !== "object") return [String(value)];
  if (!("template" in value)) return [pieceOf(reader, value)];
  return value.template.flatMap((text, index) => {
    const next = value.values[index];
    return [...(text === "" ? [] : [text]), ...(next === undefined ? [] : [pieceOf(reader, next)])];
  });
}

function pieceOf(reader: Reader, value: FactOf | SecretValue): string | Piece {
  if ("secret" in value) return { secret: value.secret };
  const { of, fact } = value;
  if (of === "self") return selfFact(reader, fact);
  const third = outsideNamed(of);
  if (third !== undefined) return outsideFact(reader, third, fact);
  if (Object.hasOwn(reader.system.stores ?? {}, of)) return storeFact(reader, of, fact);
  return serviceFact(reader, of, fact);
}

/** Its consumer group is known before the store is: it has the right to no other. */
function storeFact({ system, name }: Reader, store: string, fact: FactOf["fact"]): string | Piece {
  return fact === "group" ? groupName(system.name, name) : { store, fact: fact as StoreFact };
}

function selfFact({ system, name, part, stage }: Reader, fact: FactOf["fact"]): string | Piece {
  if (fact === "brokers" || fact === "auth") return { broker: fact };
  if (fact === "topics") return planTopicUse(system, name, part).reads.join();
  if (fact === "group") return groupName(system.name, name);
  if (fact === "publicUrl" || fact === "traces") return { place: fact };
  if (fact === "service" || fact === "name" || fact === "host") return name;
  return fact === "stage" ? stage : system.name; // "system" and "namespace": a system has the namespace of its name
}

function serviceFact({ system, part }: Reader, of: string, fact: FactOf["fact"]): string {
  const answer = answerOfService(system, of, part.calls?.[of]?.answer);
  return addressFact(fact, of, answer.known, urlOf(of, answer));
}

function outsideFact({ system, part, stage }: Reader, name: string, fact: FactOf["fact"]): string {
  const written = part.outside?.[name];
  if (!written) throw new Error(`no third party "${name}"; call checkSystem before planSystem`);
  const { host, port, onDev, answeredBy } = planOutsideOne(system, name, written, stage);
  if (answeredBy !== null && onDev !== null)
    return addressFact(fact, answeredBy, onDev.listens, `http://${answeredBy}:${onDev.listens}`);
  return addressFact(fact, host, port, `https://${host}${port === 443 ? "" : `:${port}`}`);
}

function addressFact(fact: FactOf["fact"], host: string, port: number, url: string): string {
  if (fact === "port") return String(port);
  if (fact === "address") return `${host}:${port}`;
  return fact === "url" ? url : host;
}
