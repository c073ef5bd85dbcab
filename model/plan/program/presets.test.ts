import assert from "node:assert/strict";
import type { Health } from "../../words/answer.ts";
import type { Service } from "../../words/service.ts";
import { presetSettings } from "./presets.ts";
import { planRollout } from "./rollout.ts";

const BUCKETS = "MANAGEMENT_METRICS_DISTRIBUTION_SLO_HTTP_SERVER_REQUESTS";

function settings(health: Health, more: Partial<Service> = {}): Record<string, string> {
  const slo = { availability: 99, latency: { percent: 99, within: "417ms" } };
  const part: Service = { purpose: "a test", tier: "standard", from: { build: "." }, slo, health, ...more };
  return presetSettings(part, planRollout(part, "prod", 0));
}

describe("what a preset sets", () => {
  const measured = { prometheus: "micrometer", path: "/actuator/prometheus" } as const;

  it("makes Spring Boot tell its health and end what it began", () => {
    const {
      SERVER_SHUTDOWN,
      SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE: phase,
      [BUCKETS]: buckets,
    } = settings("spring");
    assert.deepEqual([SERVER_SHUTDOWN, phase, buckets], ["graceful", "20s", undefined]);
  });

  it("gives Micrometer a histogram with the edge of the promise, whatever tells the program's health", () => {
    for (const health of ["spring", { ready: "/up", alive: "/up" }] as const)
      assert.ok(settings(health, { measured })[BUCKETS]?.split(",").includes("417ms"));
  });

  it("sets nothing for programs of another kind", () => {
    assert.deepEqual(settings("grpc"), {});
  });
});
