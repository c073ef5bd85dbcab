import assert from "node:assert/strict";
import { registry } from "./metrics.ts";
import { ownMeasures } from "./own-measures.ts";

describe("measures of a service's own", () => {
  it("stand beside those of the kit: a counter from 0, a gauge as it is when somebody asks", async () => {
    const count = ownMeasures.counter("test_orders_total", "Orders that came in");
    let waiting = 3;
    ownMeasures.gauge("test_orders_waiting", "Orders that nobody has looked at yet", async () => waiting);
    assert.match(await registry.metrics(), /^test_orders_total 0$/m);
    count();
    count(2);
    waiting = 7;
    const text = await registry.metrics();
    assert.match(text, /^# HELP test_orders_waiting Orders that nobody has looked at yet$/m);
    assert.match(text, /^test_orders_total 3$/m);
    assert.match(text, /^test_orders_waiting 7$/m);
  });

  it("show no old figure when it cannot be read, and take no other metric with them", async () => {
    let broken = false;
    ownMeasures.gauge("test_rows", "Rows", () => {
      if (broken) throw new Error("no database");
      return 5;
    });
    assert.match(await registry.metrics(), /^test_rows 5$/m);
    broken = true;
    const text = await registry.metrics();
    assert.doesNotMatch(text, /^test_rows \d/m);
    assert.match(text, /^http_requests_in_flight 0$/m);
  });
});
