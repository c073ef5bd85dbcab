import { TIMEOUT_MS } from "../../call-limits.ts";
import { DEFAULTS } from "../../defaults.ts";
import { parseDuration } from "../../quantity.ts";
import type { System } from "../../system.ts";
import type { AnyPart } from "../../words/service.ts";

/** How long calls wait. */
export interface Timeouts {
  /** Milliseconds that `caller` waits for `callee`: what is written, otherwise the default. */
  readonly of: (caller: string, callee: string) => number;
  /** Milliseconds after which nobody waits for a service any more: its shortest caller, or its route. */
  readonly budget: (service: string) => number;
  /** Milliseconds after which the public entry gives a service up: the standard, or longer where one of its slow calls needs it. */
  readonly patience: (service: string) => number;
  /** Milliseconds that somebody may wait for an answer of a service: its callers, and the public entry where it has routes. */
  readonly waited: (service: string) => number;
}

/**
 * A call without a written time-out waits one share for its callee and one for each further call on the longest chain
 * below it, and never longer than its part of what its own caller leaves. So what is inside is always shorter than
 * what is around it; only written values can break that.
 */
export function planTimeouts(system: System): Timeouts {
  const calls = Object.entries(system.services).flatMap(([caller, service]) =>
    Object.keys(service?.calls ?? {}).map((callee) => ({ caller, callee })),
  );
  const inside = (service: string) => calls.filter(({ caller }) => caller === service);
  const around = (service: string) => calls.filter(({ callee }) => callee === service);
  const written = (caller: string, callee: string) =>
    parseDuration(system.services[caller]?.calls?.[callee]?.timeout ?? "");
  const { timeoutMs: share, marginMs: margin } = DEFAULTS.call;

  /** Calls on the longest chain that begins at a service. */
  const depth = remember((service: string): number =>
    Math.max(0, ...inside(service).map(({ callee }) => 1 + depth(callee))),
  );
  /** What a call would wait if its caller had all the time. */
  const wish = remember((caller: string, callee: string): number => {
    const below = Math.max(0, ...inside(callee).map((call) => wish(call.caller, call.callee)));
    const most = Math.max(TIMEOUT_MS.max, below > TIMEOUT_MS.max ? share.value + below : 0); // who asks a slow one waits for it
    return written(caller, callee) ?? Math.min(most, share.value + below);
  });
  /** Something below takes longer than calls usually may: its time cannot be divided. */
  const isSlow = (caller: string, callee: string): boolean => wish(caller, callee) > TIMEOUT_MS.max;
  const patience = (service: string): number =>
    Math.max(
      DEFAULTS.objective.routeTimeoutMs.value,
      ...inside(service).map(({ caller, callee }) => wish(caller, callee) + margin.value),
    );
  const budget = remember((service: string): number =>
    Math.min(patience(service), ...around(service).map((call) => of(call.caller, call.callee))),
  );
  const of = remember((caller: string, callee: string): number => {
    const chain = 1 + depth(callee);
    const whole = budget(caller) - margin.value;
    const left = isSlow(caller, callee) ? whole : (whole * chain) / (chain + 1); // one part stays with the caller itself
    return written(caller, callee) ?? Math.floor(Math.min(wish(caller, callee), left));
  });
  const waited = (service: string): number =>
    Math.max(
      (system.services[service] as AnyPart | undefined)?.routes?.length ? patience(service) : 0,
      ...around(service).map((call) => of(call.caller, call.callee)),
    );
  return { of, budget, patience, waited };
}

/** Answers each question once. A circle of calls, which the check refuses, ends where it began instead of never. */
function remember(answer: (...names: string[]) => number): (...names: string[]) => number {
  const known = new Map<string, number>();
  return (...names) => {
    const key = names.join(" ");
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, 0);
    const value = answer(...names);
    known.set(key, value);
    return value;
  };
}
