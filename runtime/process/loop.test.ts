import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { startLoop } from "./loop.ts";

describe("a loop", () => {
  it("runs at once when woken, and no more once stopped", async () => {
    let runs = 0;
    const loop = startLoop(
      async () => {
        runs += 1;
        return "wait";
      },
      { everyMs: 10_000, maxPauseMs: 10_000, onError: assert.fail },
    );
    await sleep(20);
    loop.wake();
    await sleep(20);
    assert.equal(runs, 2);
    await loop.stop();
    loop.wake();
    await sleep(20);
    assert.equal(runs, 2);
  });

  it("does not lose a wake-up that comes while it runs", async () => {
    let runs = 0;
    const loop = startLoop(
      async () => {
        runs += 1;
        await sleep(20);
        return "wait";
      },
      { everyMs: 10_000, maxPauseMs: 10_000, onError: assert.fail },
    );
    loop.wake();
    await sleep(60);
    await loop.stop();
    assert.equal(runs, 2);
  });

  it("goes on without a pause while there is more", async () => {
    let left = 5;
    const loop = startLoop(async () => (left-- > 0 ? "again" : "wait"), {
      everyMs: 10_000,
      maxPauseMs: 10_000,
      onError: assert.fail,
    });
    await sleep(20);
    await loop.stop();
    assert.ok(left < 0);
  });

  it("waits longer after each failure, up to the limit", async () => {
    const pauses: number[] = [];
    const loop = startLoop(() => Promise.reject(new Error("down")), {
      everyMs: 2,
      maxPauseMs: 10,
      onError: (_error, pauseMs) => pauses.push(pauseMs),
    });
    await sleep(80);
    await loop.stop();
    assert.deepEqual(pauses.slice(0, 4), [4, 8, 10, 10]);
  });
});
