import { PORT } from "../../names.ts";
import type { System } from "../../system.ts";
import type { Protocol } from "../../words/answer.ts";
import type { AnyPart } from "../../words/service.ts";
import { isOnKit } from "../program/source.ts";

/** One thing that a program answers. */
export interface AnswerPlan {
  /** Name of its port. */
  readonly name: string;
  readonly protocol: Protocol;
  /** Port of the pod. */
  readonly listens: number;
  /** Port of the Service. */
  readonly known: number;
  /** Why its answers stay open; null where they end. */
  readonly open: string | null;
}

/** What every program on the kit answers. */
const KIT: AnswerPlan = { name: "http", protocol: "http", listens: PORT.http, known: PORT.http, open: null };

/** What a service answers, in the order of the description; nothing for workers and jobs. */
export function planAnswers(part: AnyPart): AnswerPlan[] {
  if (part.kind === "worker" || part.kind === "job") return isOnKit(part) && part.kind === "worker" ? [KIT] : [];
  if (part.answers === undefined) return isOnKit(part) ? [KIT] : [];
  return Object.entries(part.answers).map(([name, { protocol, listens, known = listens, open = null }]) => ({
    name,
    protocol,
    listens,
    known,
    open,
  }));
}

/** The answer that is meant by a name, or the first one where none is named. */
export function answerOf(answers: readonly AnswerPlan[], name: string | undefined): AnswerPlan | undefined {
  return name === undefined ? answers[0] : answers.find((answer) => answer.name === name);
}

/** The same of a service by its name; the description is checked before it is planned. */
export function answerOfService(system: System, service: string, name: string | undefined): AnswerPlan {
  const part = system.services[service] as AnyPart | undefined;
  const found = part && answerOf(planAnswers(part), name);
  if (!found) throw new Error(`${system.name}: "${service}" has no answer "${name ?? ""}"; call checkSystem first`);
  return found;
}

/** Where a caller finds an answer: "http://orders:80". gRPC has no scheme of its own that clients agree on. */
export function urlOf(host: string, { protocol, known }: Pick<AnswerPlan, "protocol" | "known">): string {
  return `${protocol === "tcp" ? "tcp" : "http"}://${host}:${known}`;
}
