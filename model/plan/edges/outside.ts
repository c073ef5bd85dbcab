import { parseDuration } from "../../quantity.ts";
import type { Stage } from "../../stage.ts";
import type { System } from "../../system.ts";
import type { OnFailure, Outside } from "../../words/edge.ts";
import type { AnyPart } from "../../words/service.ts";
import { planWritten, type SourcePlan } from "../program/source.ts";
import { standInFor, type StandIn, thirdPort } from "../stand-ins.ts";

/** A third party that one service asks. */
export interface OutsidePlan {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly reason: string;
  readonly onFailure: OnFailure;
  /** Null where the program alone knows. */
  readonly timeoutMs: number | null;
  /** Who answers in its place on dev; null where the third party itself does. */
  readonly onDev: StandInPlan | null;
  /** The service that answers in its place on this stage; null where it is asked itself. */
  readonly answeredBy: string | null;
}

/** A program that stands in for a third party on dev. */
export interface StandInPlan {
  /** Of the service that it is there. */
  readonly name: string;
  readonly source: SourcePlan;
  readonly run: readonly string[] | null;
  readonly listens: number;
}

const PREFIX = "outside/";

/** The third parties of one service, in the order of the description. */
export function planOutside(system: System, { outside = {} }: Pick<AnyPart, "outside">, stage: Stage): OutsidePlan[] {
  return Object.entries(outside).map(([name, written]) => planOutsideOne(system, name, written, stage));
}

/** One of them. */
export function planOutsideOne(system: System, name: string, written: Outside, stage: Stage): OutsidePlan {
  const { host, reason, onFailure, timeout } = written;
  const standIn = standInFor(system, written);
  return {
    ...{ name, host, port: thirdPort(written), reason, onFailure },
    timeoutMs: parseDuration(timeout ?? "") ?? null,
    onDev: standIn === undefined ? null : planStandIn(standIn),
    answeredBy: stage === "dev" && standIn !== undefined ? standIn.name : null,
  };
}

function planStandIn({ name, word: { from, run, listens } }: StandIn): StandInPlan {
  return { name, source: planWritten(from), run: run ?? null, listens };
}

/** The name in "outside/stripe"; undefined for what is no third party. */
export function outsideNamed(of: string): string | undefined {
  return of.startsWith(PREFIX) ? of.slice(PREFIX.length) : undefined;
}
