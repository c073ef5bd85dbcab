import { DEFAULTS } from "../defaults.ts";
import { PORT } from "../names.ts";
import type { Call, OnFailure, System } from "../system.ts";
import { contractName } from "./contract-name.ts";
import { planTimeouts } from "./timeouts.ts";

/** A call edge with every number decided. */
export interface CallPlan {
  readonly caller: string;
  readonly callee: string;
  /** Why the caller waits for an answer. */
  readonly reason: string;
  readonly url: string;
  readonly timeoutMs: number;
  readonly breakerErrorPercent: number;
  readonly breakerOpenMs: number;
  readonly breakerMinCalls: number;
  readonly maxConcurrent: number;
  readonly onFailure: OnFailure;
  readonly transactional: boolean;
  /** What both sides hold to, as `name@version`; null where the description names nothing. */
  readonly contract: string | null;
}

/** The calls one service makes, in the order of the description. */
export function planCalls(system: System, caller: string): CallPlan[] {
  const calls = Object.entries(system.services[caller]?.calls ?? {});
  const timeouts = planTimeouts(system);
  return calls.flatMap(([callee, call]) => (call ? [planCall(caller, callee, call, timeouts.of(caller, callee))] : []));
}

function planCall(caller: string, callee: string, call: Call, timeoutMs: number): CallPlan {
  const { breakerErrorPercent, breakerOpenMs, breakerMinCalls, maxConcurrent } = DEFAULTS.call;
  return {
    caller,
    callee,
    reason: call.reason,
    url: `http://${callee}:${PORT.http}`,
    timeoutMs,
    breakerErrorPercent: breakerErrorPercent.value,
    breakerOpenMs: breakerOpenMs.value,
    breakerMinCalls: breakerMinCalls.value,
    maxConcurrent: call.maxConcurrent ?? maxConcurrent.value,
    onFailure: call.onFailure,
    transactional: call.transactional,
    contract: call.contract ? contractName(callee, call.contract) : null,
  };
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
