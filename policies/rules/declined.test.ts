import assert from "node:assert/strict";
import { askGood } from "../testing/asked.ts";
import type { Edits } from "../testing/case.ts";

const found = (id: string, edits: Edits): readonly string[] => askGood(id, edits).found;

/** The system with what it admits, each with a reason. */
const admitting = (
  ...weaknesses: readonly { readonly kind: string; readonly about?: string; readonly reason?: string }[]
) => ({
  "+": [
    {
      type: "slipway:system:System",
      name: "shop",
      props: {
        plan: {
          name: "shop",
          weaknesses: weaknesses.map(({ kind, about = "x", reason = "as its owners want it" }) => ({
            service: "order",
            kind,
            about,
            reason,
          })),
        },
      },
    },
  ],
});
const without = (...probes: readonly string[]): Edits =>
  Object.fromEntries(probes.map((probe) => [`Deployment/order $c.${probe}`, undefined]));
const kept = (keptBy: string, more: object = {}): Edits => ({
  "Microservice/order plan.calls": [{ callee: "payment", transactional: false, keptBy, ...more }],
  "ConfigMap/order-1a2b3c4d data.PAYMENT_TIMEOUT_MS": undefined,
});

describe("what a description declines with its reason", () => {
  it("is no missing probe, and without the reason it is", () => {
    const silent = without("livenessProbe", "readinessProbe", "startupProbe");
    for (const rule of ["liveness-declared", "readiness-declared"]) {
      assert.equal(found(rule, silent).length, 1, rule);
      assert.deepEqual(found(rule, { ...silent, ...admitting({ kind: "unhealthy" }) }), [], rule);
      assert.equal(found(rule, { ...silent, ...admitting({ kind: "unhealthy", reason: " " }) }).length, 1, rule);
    }
  });

  it("is known to nobody where an engine kept no inputs of components", () => {
    const silent = {
      ...without("livenessProbe", "readinessProbe", "startupProbe"),
      "Microservice/order plan": undefined,
    };
    const { found: findings, unknown } = askGood("liveness-declared", silent);
    assert.deepEqual(findings, []);
    assert.match(unknown.join(), /what descriptions decline was not kept/);
  });

  it("is no breaker that somebody forgot", () => {
    assert.equal(found("every-call-breaks", kept("nobody")).length, 1);
    assert.equal(
      found("every-call-breaks", { ...kept("nobody"), ...admitting({ kind: "unprotected", about: "stock" }) }).length,
      1,
    );
    assert.deepEqual(
      found("every-call-breaks", { ...kept("nobody"), ...admitting({ kind: "unprotected", about: "payment" }) }),
      [],
    );
    assert.equal(found("every-call-breaks", kept("kit")).length, 1);
  });

  it("is kept by the program where it is told of the call", () => {
    const call = kept("program", { timeoutMs: 450, address: "payment:9090" });
    assert.equal(found("every-call-breaks", call).length, 1);
    assert.deepEqual(found("every-call-breaks", { ...call, "ConfigMap/order-1a2b3c4d data.LOG_LEVEL": "450" }), []);
  });

  it("is no contract of a client that is not the kit's", () => {
    const contracts = 'Deployment/order metadata.annotations["slipway.dev/contracts"]';
    assert.equal(found("contracts-declared", { [contracts]: undefined }).length, 1);
    assert.deepEqual(found("contracts-declared", { ...kept("nobody"), [contracts]: undefined }), []);
  });

  it("is one replica, and no autoscaler", () => {
    const alone = {
      "-": ["HorizontalPodAutoscaler/order"],
      "Deployment/order spec.replicas": 1,
      "Deployment/order spec.strategy": { type: "Recreate" },
    };
    for (const rule of ["replica-floor", "rolling-update", "rollout-keeps-floor", "autoscaler-exists"]) {
      assert.equal(found(rule, alone).length, 1, rule);
      assert.deepEqual(found(rule, { ...alone, ...admitting({ kind: "one" }) }), [], rule);
    }
  });

  it("is a migration that the program makes itself, or that is none of its affair", () => {
    const none = {
      "-": ["Job/order-migration", "NetworkPolicy/order-migration"],
      "Microservice/order plan.migration": null,
    };
    const using = (may: string) => ({ "Microservice/order plan.uses": [{ store: "books", may, shared: null }] });
    assert.equal(found("migration-before-rollout", none).length, 1);
    assert.equal(found("migration-before-rollout", { ...none, ...using("change") }).length, 1);
    assert.deepEqual(found("migration-before-rollout", { ...none, ...using("read") }), []);
    assert.deepEqual(
      found("migration-before-rollout", { ...none, ...using("change"), ...admitting({ kind: "itself" }) }),
      [],
    );
  });

  it("is a disk under a cache", () => {
    const cache = { "Deployment/order $c.volumeMounts[0].mountPath": "/var/lib/redis" };
    const system = (keeps: string) => ({
      "+": [
        {
          type: "slipway:system:System",
          name: "shop",
          props: { plan: { name: "shop", stores: [{ name: "order", kind: "redis", keeps }] } },
        },
      ],
    });
    assert.equal(found("data-on-volume", cache).length, 1);
    assert.equal(found("data-on-volume", { ...cache, ...system("last hour") }).length, 1);
    assert.deepEqual(found("data-on-volume", { ...cache, ...system("nothing") }), []);
  });

  it("are figures that a program does not show, and a latency that nobody counts", () => {
    const dark = { "-": ["ServiceMonitor/order"] };
    assert.equal(found("workload-scraped", dark).length, 1);
    assert.deepEqual(found("workload-scraped", { ...dark, "Microservice/order plan.metrics": null }), []);
  });
});
