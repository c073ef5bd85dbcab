import { parseDuration } from "../../quantity.ts";
import type { OnFailure, Outside } from "../../words/edge.ts";
import type { AnyPart } from "../../words/service.ts";

/** A third party that one service asks. */
export interface OutsidePlan {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly reason: string;
  readonly onFailure: OnFailure;
  /** Null where the program alone knows. */
  readonly timeoutMs: number | null;
}

const PREFIX = "outside/";
const HTTPS = 443;

/** The third parties of one service, in the order of the description. */
export function planOutside({ outside = {} }: Pick<AnyPart, "outside">): OutsidePlan[] {
  return Object.entries(outside).map(([name, written]) => planOutsideOne(name, written));
}

/** One of them. */
export function planOutsideOne(name: string, { host, port = HTTPS, reason, onFailure, timeout }: Outside): OutsidePlan {
  return { name, host, port, reason, onFailure, timeoutMs: parseDuration(timeout ?? "") ?? null };
}

/** The name in "outside/stripe"; undefined for what is no third party. */
export function outsideNamed(of: string): string | undefined {
  return of.startsWith(PREFIX) ? of.slice(PREFIX.length) : undefined;
}
