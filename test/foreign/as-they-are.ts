import type { Answer } from "../../model/words/answer.ts";
import type { Call, Outside } from "../../model/words/edge.ts";

/** What is the same in every system that states no promise and brings its own clients. */

export const slo = { declined: "its owners promise nothing" } as const;
export const standard = { tier: "standard", slo } as const;
export const entry = { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "1Mi" } as const;

/** A call as the program itself makes it. */
export function call(more: Partial<Call> = {}): Call {
  const keptBy = { declined: "the program has its own client" };
  return { reason: "as its source calls it", onFailure: "own", transactional: false, keptBy, ...more };
}

/** A call of a model, which answers in its own time. */
export function slow(timeout: string): Call {
  return call({ timeout, slow: "a model answers in its own time" });
}

/** A third party as the program itself asks it. */
export function outside(host: string): Outside {
  return { host, reason: "as its source calls it", onFailure: "own" };
}

/** One answer, with the port that callers know where it is another than the program's. */
export function answers(
  protocol: "http" | "grpc",
  listens: number,
  known = listens,
): { readonly [name: string]: Answer } {
  return { [protocol]: { protocol, listens, known } };
}
