import assert from "node:assert/strict";
import { planSystem } from "../../plan.ts";
import type { System } from "../../system.ts";
import type { Service } from "../../words/service.ts";

const part: Service = {
  purpose: "a test",
  tier: "standard",
  from: { build: "." },
  answers: { http: { protocol: "http", listens: 8000 } },
  health: { ready: "/", alive: "/" },
  slo: { declined: "a test" },
};
const keptBy = { declined: "a test" } as const;
const call = { reason: "a test", onFailure: "own", transactional: false, keptBy } as const;

/** Seconds that each service gets to stop. */
function drains(services: Readonly<Record<string, Partial<Service>>>): Record<string, number> {
  const system: System = {
    name: "shop",
    purpose: "a test",
    owner: "team",
    services: Object.fromEntries(Object.entries(services).map(([name, more]) => [name, { ...part, ...more }])),
    entry: { rateLimit: { perSecond: 1, burst: 1 }, maxBody: "1Ki" },
  };
  const { workloads } = planSystem(system, "prod");
  return Object.fromEntries(workloads.map(({ name, rollout }) => [name, rollout.drainSeconds]));
}

describe("the stop of a service", () => {
  const slow = { ...call, timeout: "45s", slow: "a model thinks" };

  it("takes 20 s where everybody waits less than that", () => {
    assert.deepEqual(
      drains({ shop: { routes: [{ path: "/", access: "anyone" }], calls: { stock: call } }, stock: {} }),
      { shop: 20, stock: 20 },
    );
  });

  it("breaks off no answer that somebody still waits for: a slow callee, and the service with a route in front of it", () => {
    assert.deepEqual(
      drains({ shop: { routes: [{ path: "/", access: "anyone" }], calls: { model: slow } }, model: {} }),
      { shop: 46, model: 45 },
    );
  });

  it("takes what is written", () => {
    assert.deepEqual(drains({ shop: { routes: [{ path: "/", access: "anyone" }], needs: { stopsWithin: "2m" } } }), {
      shop: 120,
    });
  });
});
