import assert from "node:assert/strict";
import { noteHandled, watchLag } from "./lag.ts";
import { registry } from "../process/metrics.ts";

describe("lag in seconds", () => {
  it("is how far behind the consumer is: none while nothing waits, and the age of its place in the topic otherwise", async () => {
    let records = 0;
    let now = 1_000_000;
    const measure = watchLag({ lag: async () => [{ topic: "t", partition: 0, records }] }, () => now);
    const shown = async () => /kafka_consumer_lag_seconds\{topic="t"\} (\S+)/.exec(await registry.metrics())?.[1];
    await measure();
    assert.equal(await shown(), "0");
    records = 5;
    now += 40_000;
    await measure();
    assert.equal(await shown(), "40");
    noteHandled("t", now - 3000);
    await measure();
    assert.equal(await shown(), "3");
  });
});
