import { CircuitState, type IBreaker } from "cockatiel";

/**
 * Opens when, among the calls of the last window, at least `minCalls` were made and `errorPercent` of them failed.
 * cockatiel's own sampling breaker forgets by calls instead of by time, so at low traffic an old burst of errors would open it.
 */
export class ErrorRateBreaker implements IBreaker {
  /** cockatiel saves and restores breakers through this; ours starts empty. */
  state: unknown = undefined;
  private calls: { at: number; failed: boolean }[] = [];
  private readonly limits: { errorPercent: number; minCalls: number; windowMs: number };
  private readonly now: () => number;

  constructor(limits: { errorPercent: number; minCalls: number; windowMs: number }, now: () => number = Date.now) {
    this.limits = limits;
    this.now = now;
  }

  success(state: CircuitState): void {
    if (state === CircuitState.HalfOpen) this.calls = [];
    this.record(false);
  }

  failure(state: CircuitState): boolean {
    this.record(true);
    if (state !== CircuitState.Closed) return true;
    const failed = this.calls.filter((call) => call.failed).length;
    return this.calls.length >= this.limits.minCalls && failed * 100 >= this.limits.errorPercent * this.calls.length;
  }

  private record(failed: boolean): void {
    const at = this.now();
    const firstKept = this.calls.findIndex((call) => call.at > at - this.limits.windowMs);
    this.calls = firstKept === -1 ? [] : firstKept === 0 ? this.calls : this.calls.slice(firstKept);
    this.calls.push({ at, failed });
  }
}
