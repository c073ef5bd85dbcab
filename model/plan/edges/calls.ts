import { DEFAULTS } from "../../defaults.ts";
import type { System } from "../../system.ts";
import type { Call, CallSetting, OnFailure } from "../../words/edge.ts";
import { isDeclined } from "../../words/declined.ts";
import type { AnyPart } from "../../words/service.ts";
import { type AnswerPlan, answerOfService, urlOf } from "./answers.ts";
import { contractName } from "./contract-name.ts";
import { planTimeouts } from "./timeouts.ts";

/** A call edge with every number decided. */
export interface CallPlan {
  readonly caller: string;
  readonly callee: string;
  /** Why the caller waits for an answer. */
  readonly reason: string;
  readonly url: string;
  /** "host:port" of the callee's Service. */
  readonly address: string;
  /** Port of the callee's pods. */
  readonly port: number;
  readonly timeoutMs: number;
  readonly breakerErrorPercent: number;
  readonly breakerOpenMs: number;
  readonly breakerMinCalls: number;
  readonly maxConcurrent: number;
  /** Why it may wait longer than 2 s; null where it may not. */
  readonly slow: string | null;
  readonly onFailure: OnFailure;
  readonly transactional: boolean;
  /** What both sides hold to, as `name@version`; null where the description names nothing. */
  readonly contract: string | null;
  /** Who keeps time-out, breaker and bulkhead: the kit, the program by variables of its own, or nobody. */
  readonly keptBy: "kit" | "program" | "nobody";
}

/** The calls one service makes, in the order of the description. */
export function planCalls(system: System, caller: string): CallPlan[] {
  const calls = Object.entries(system.services[caller]?.calls ?? {});
  const timeouts = planTimeouts(system);
  return calls.flatMap(([callee, call]) => {
    if (!call) return [];
    const answer = answerOfService(system, callee, call.answer);
    return [planCall({ caller, callee, call, answer, timeoutMs: timeouts.of(caller, callee) })];
  });
}

interface Decided {
  readonly caller: string;
  readonly callee: string;
  readonly call: Call;
  readonly answer: AnswerPlan;
  readonly timeoutMs: number;
}

function planCall({ caller, callee, call, answer, timeoutMs }: Decided): CallPlan {
  const { breakerErrorPercent, breakerOpenMs, breakerMinCalls, maxConcurrent } = DEFAULTS.call;
  return {
    caller,
    callee,
    reason: call.reason,
    url: urlOf(callee, answer),
    address: `${callee}:${answer.known}`,
    port: answer.listens,
    timeoutMs,
    breakerErrorPercent: breakerErrorPercent.value,
    breakerOpenMs: breakerOpenMs.value,
    breakerMinCalls: breakerMinCalls.value,
    maxConcurrent: call.maxConcurrent ?? maxConcurrent.value,
    slow: call.slow ?? null,
    onFailure: call.onFailure,
    transactional: call.transactional,
    contract: call.contract ? contractName(callee, call.contract) : null,
    keptBy: keeperOf(call),
  };
}

function keeperOf({ keptBy = "kit" }: Call): CallPlan["keptBy"] {
  if (keptBy === "kit") return "kit";
  return isDeclined(keptBy) ? "nobody" : "program";
}

/** The numbers of calls under the names that the program itself has for them. */
export function ownCallSettings(part: AnyPart, calls: readonly CallPlan[]): Record<string, string> {
  return Object.assign(
    {},
    ...calls.map((call) => {
      const keptBy = part.calls?.[call.callee]?.keptBy;
      if (typeof keptBy !== "object" || isDeclined(keptBy)) return {};
      return Object.fromEntries(
        Object.entries(keptBy.settings).map(([variable, what]) => [variable, settingOf(call, what)]),
      );
    }),
  ) as Record<string, string>;
}

function settingOf(call: CallPlan, what: CallSetting): string {
  return String(call[what]);
}

/** The keys of checklist item 2: a caller reads its time-out, breaker and bulkhead from its ConfigMap. */
export function callSettings(prefix: string, call: CallPlan): Record<string, string> {
  return {
    [`${prefix}_URL`]: call.url,
    [`${prefix}_TIMEOUT_MS`]: String(call.timeoutMs),
    [`${prefix}_BREAKER_ERROR_PERCENT`]: String(call.breakerErrorPercent),
    [`${prefix}_BREAKER_OPEN_MS`]: String(call.breakerOpenMs),
    [`${prefix}_BREAKER_MIN_CALLS`]: String(call.breakerMinCalls),
    [`${prefix}_MAX_CONCURRENT`]: String(call.maxConcurrent),
    [`${prefix}_FALLBACK`]: call.onFailure,
  };
}
