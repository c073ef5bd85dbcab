import assert from "node:assert/strict";
import { CircuitState } from "cockatiel";
import { ErrorRateBreaker } from "./error-rate-breaker.ts";

describe("the error-rate breaker", () => {
  let now = 0;
  const breaker = () => {
    now = 1000;
    return new ErrorRateBreaker({ errorPercent: 50, minCalls: 4, windowMs: 10_000 }, () => now);
  };
  const fail = (it: ErrorRateBreaker) => it.failure(CircuitState.Closed);

  it("stays closed below the minimum of calls, however many fail", () => {
    const it = breaker();
    assert.deepEqual([fail(it), fail(it), fail(it)], [false, false, false]);
  });

  it("opens at exactly the error share", () => {
    const it = breaker();
    it.success(CircuitState.Closed);
    it.success(CircuitState.Closed);
    assert.equal(fail(it), false);
    assert.equal(fail(it), true);
  });

  it("stays closed just below the error share", () => {
    const it = breaker();
    for (let call = 0; call < 3; call += 1) it.success(CircuitState.Closed);
    assert.deepEqual([fail(it), fail(it)], [false, false]);
  });

  it("forgets what is older than the window, even without calls in between", () => {
    const it = breaker();
    fail(it);
    fail(it);
    fail(it);
    now += 10_000;
    assert.equal(fail(it), false);
  });

  it("opens again when the trial call of a half-open circuit fails, and starts afresh when it succeeds", () => {
    const it = breaker();
    assert.equal(it.failure(CircuitState.HalfOpen), true);
    it.success(CircuitState.HalfOpen);
    assert.deepEqual([fail(it), fail(it)], [false, false]);
  });
});
