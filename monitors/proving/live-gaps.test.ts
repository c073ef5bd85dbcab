import assert from "node:assert/strict";
import { shopPlan } from "../../test/shop.ts";
import { METRICS } from "../metrics.ts";
import { TIMING } from "../timing.ts";
import { liveGaps } from "./live-gaps.ts";

const scope = { plan: shopPlan(), timing: TIMING.lab, stores: "pods" } as const;

describe("the comparison with a live Prometheus", () => {
  it("finds nothing missing where every question has an answer, and asks with a window and without variables", async () => {
    const asked: string[] = [];
    const gaps = await liveGaps(scope, async (query) => asked.push(query), "60s");
    assert.deepEqual(gaps, { metrics: [], labels: [], panels: [] });
    assert.deepEqual(
      asked.filter((query) => query.includes("$")),
      [],
    );
  });

  it("names a metric, a label and a panel that are missing", async () => {
    const missing = new Set([METRICS.mariadbHistory.name, `${METRICS.httpRequests.name}{status!=""}`]);
    const { metrics, labels, panels } = await liveGaps(
      scope,
      async (query) => (missing.has(query) || query.includes("db_pool_waiting{") ? 0 : 1),
      "60s",
    );
    assert.deepEqual(metrics, ["mysql_global_status_innodb_history_list_length"]);
    assert.ok(labels.includes("http_requests_total{status}"));
    assert.ok(
      panels.some((panel) => panel.startsWith("shop / order > Database > Connections: ")),
      panels.join("\n"),
    );
  });

  it("does not ask for what needs an occasion", async () => {
    const asked: string[] = [];
    await liveGaps(scope, async (query) => asked.push(query), "60s");
    for (const { name, when } of Object.values(METRICS))
      if (when !== null) assert.ok(!asked.some((query) => query.includes(`${name}{`) || query === name), name);
  });
});
