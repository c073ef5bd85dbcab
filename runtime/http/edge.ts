import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  type CircuitBreakerPolicy,
  handleWhen,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
  wrap,
} from "cockatiel";
import { correlationHeaders } from "../process/correlation.ts";
import { ErrorRateBreaker } from "./error-rate-breaker.ts";
import type { Log } from "../process/log.ts";
import { metrics } from "../process/metrics.ts";
import { unavailable } from "./refusal.ts";
import type { EdgeSettings } from "../process/settings.ts";

/** A callee's answer: any status below 500. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface CallRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  /** Doing it twice does no harm, so a broken connection is tried once more. GET always is. */
  readonly idempotent?: boolean;
  /** Given instead of the callee's answer where the edge's fallback is `default`; must be recognisable as such. */
  readonly fallback?: Answer;
}

export type Call = (request: CallRequest) => Promise<Answer>;

/** The callee gave no usable answer: it is down, slow, overloaded or failing. Whether it did the work is unknown. */
export class CalleeUnavailable extends Error {
  readonly outcome: Outcome;
  constructor(callee: string, outcome: Outcome) {
    super(`${callee} gave no answer: ${outcome}`);
    this.outcome = outcome;
  }
}

const OUTCOMES = ["ok", "client_error", "server_error", "timeout", "refused", "circuit_open", "bulkhead_full"] as const;
type Outcome = (typeof OUTCOMES)[number];

const BREAKER_STATES = ["closed", "open", "half_open"] as const;
const BREAKER_WINDOW_MS = 10_000;

/** Calls over one edge with bulkhead, circuit breaker and time-out, all from the edge's settings. */
export function createCall(edge: EdgeSettings, log: Log): Call {
  const { callee } = edge;
  const breaker = circuitBreaker(handleWhen(failedAtCallee), {
    halfOpenAfter: edge.breakerOpenMs,
    breaker: new ErrorRateBreaker({
      errorPercent: edge.breakerErrorPercent,
      minCalls: edge.breakerMinCalls,
      windowMs: BREAKER_WINDOW_MS,
    }),
  });
  watchBreaker(breaker, callee, log);
  metrics.bulkheadLimit.set({ callee }, edge.maxConcurrent);
  // Counters begin at 0, or the first failure would be no increase.
  for (const outcome of OUTCOMES) metrics.outboundRequests.inc({ callee, outcome }, 0);
  metrics.fallbacks.inc({ callee, fallback: edge.fallback }, 0);
  // Outermost first: a full bulkhead is our own load and must not open the breaker; the breaker must see time-outs.
  const policy = wrap(bulkhead(edge.maxConcurrent, 0), breaker, timeout(edge.timeoutMs, TimeoutStrategy.Aggressive));

  return async (request) => {
    const stop = metrics.outboundDuration.startTimer({ callee });
    metrics.outboundInFlight.inc({ callee });
    try {
      const answer = await policy.execute(({ signal }) => send(edge, request, signal));
      metrics.outboundRequests.inc({ callee, outcome: answer.status < 400 ? "ok" : "client_error" });
      return answer;
    } catch (error) {
      const outcome = outcomeOf(error);
      metrics.outboundRequests.inc({ callee, outcome });
      log.warn({ callee, outcome }, "call failed");
      metrics.fallbacks.inc({ callee, fallback: edge.fallback });
      if (edge.fallback === "default" && request.fallback !== undefined) return request.fallback;
      throw new CalleeUnavailable(callee, outcome);
    } finally {
      metrics.outboundInFlight.dec({ callee });
      stop();
    }
  };
}

/** The answer for a client whose request needs a callee that is not available. */
export function tryLater(error: CalleeUnavailable, edge: EdgeSettings) {
  const seconds = error.outcome === "circuit_open" ? Math.ceil(edge.breakerOpenMs / 1000) : 1;
  return unavailable(`${edge.callee} is not available at the moment; please try again shortly.`, seconds);
}

async function send(edge: EdgeSettings, request: CallRequest, signal: AbortSignal): Promise<Answer> {
  const response = await connect(edge.url + request.path, request, signal);
  if (response.status >= 500) {
    await response.body?.cancel();
    throw new CalleeUnavailable(edge.callee, "server_error");
  }
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

async function connect(url: string, request: CallRequest, signal: AbortSignal): Promise<Response> {
  const { method, body } = request;
  const json = body === undefined ? {} : { "content-type": "application/json" };
  const init: RequestInit = {
    method,
    headers: { ...correlationHeaders(), ...json },
    redirect: "error",
    signal,
    body: body === undefined ? null : JSON.stringify(body),
  };
  try {
    return await fetch(url, init);
  } catch (error) {
    // A callee's pod that is going away closes its connections; another pod answers the second attempt.
    if (signal.aborted || !(request.idempotent ?? method === "GET")) throw error;
    return await fetch(url, init);
  }
}

function failedAtCallee(error: Error): boolean {
  return !(error instanceof BulkheadRejectedError);
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof CalleeUnavailable) return error.outcome;
  if (error instanceof BulkheadRejectedError) return "bulkhead_full";
  if (error instanceof BrokenCircuitError) return "circuit_open";
  if (error instanceof TaskCancelledError || (error instanceof Error && error.name === "AbortError")) return "timeout";
  return "refused";
}

function watchBreaker(breaker: CircuitBreakerPolicy, callee: string, log: Log): void {
  const names = new Map([
    [CircuitState.Closed, "closed"],
    [CircuitState.Open, "open"],
    [CircuitState.HalfOpen, "half_open"],
    [CircuitState.Isolated, "open"],
  ]);
  const show = (current: string) => {
    for (const state of BREAKER_STATES) metrics.breakerState.set({ callee, state }, state === current ? 1 : 0);
  };
  show("closed");
  for (const state of BREAKER_STATES) metrics.breakerTransitions.inc({ callee, state }, 0);
  breaker.onStateChange((state) => {
    const name = names.get(state) ?? "open";
    show(name);
    metrics.breakerTransitions.inc({ callee, state: name });
    log.warn({ callee, state: name }, "circuit breaker changed");
  });
}
