import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { planCollector, type PreviewPlan } from "../../cli/preview/preview-plan.ts";
import { runEngine } from "../../cli/preview/run-engine.ts";
import { planOnlyStack, withPlanOnlyEngine } from "../../toolchain/engine/plan-only.ts";
import { standardProgress } from "../../toolchain/machine/progress.ts";

const live = process.env["SLIPWAY_LIVE_TESTS"] === "1" || process.env["SLIPWAY_ENGINE_TESTS"] === "1";
const folder = import.meta.dirname;

/** A preview of somebody's program with the pack and a policy configuration. */
async function judged(configuration: object): Promise<PreviewPlan> {
  return withPlanOnlyEngine(standardProgress(false), async (engine) => {
    const file = await planOnlyStack(engine, "unsafe", "prod", "config: {}\n");
    const policyConfig = join(engine.folder, "policy.json");
    await writeFile(policyConfig, JSON.stringify(configuration));
    const { add: onEvent, plan } = planCollector();
    const { exitCode } = await runEngine({
      pulumi: engine.pulumi,
      cwd: join(folder, "../testing/unsafe-program"),
      env: engine.env,
      onEvent,
      args: [
        "preview",
        "--stack",
        "prod",
        "--config-file",
        file,
        "--policy-pack",
        join(folder, ".."),
        "--policy-pack-config",
        policyConfig,
      ],
    });
    return plan({ stack: "prod", planOnly: true, exitCode });
  });
}

describe(
  live
    ? "the pack in the real engine"
    : "the pack in the real engine (skipped: it needs the engine, which `npm test` makes)",
  function () {
    this.timeout(120_000);
    let plan: PreviewPlan;

    before(async function () {
      if (!live) return this.skip();
      plan = await judged({
        "resource-rules": {
          enforcementLevel: "remediate",
          exemptions: [
            { rule: "K26", namespace: "shop", reason: "has no clients yet", owner: "shop", expires: "2999-12-31" },
          ],
        },
      });
    });

    it("fills in safe defaults where remediation is switched on, and invents nothing", () => {
      const { spec } = plan.steps.find(({ name }) => name === "cart")?.new as { spec: object };
      const labels = { app: "cart" };
      assert.deepEqual(spec, {
        replicas: 2,
        selector: { matchLabels: labels },
        strategy: { rollingUpdate: { maxUnavailable: 0 } },
        template: {
          metadata: { labels },
          spec: {
            securityContext: { seccompProfile: { type: "RuntimeDefault" } },
            containers: [
              {
                name: "cart",
                image: "registry.example.com/shop/cart:1.4.2",
                ports: [{ name: "http", containerPort: 8080 }],
                securityContext: { allowPrivilegeEscalation: false },
                lifecycle: { preStop: { sleep: { seconds: 8 } } },
              },
            ],
          },
        },
      });
    });

    it("judges somebody else's program after that: what was filled in is no finding, what is missing is one with its address", () => {
      const names = plan.policies.map(({ policyName }) => policyName);
      for (const name of ["seccomp-profile", "no-privilege-escalation", "surge-first", "readiness-declared"])
        assert.ok(!names.includes(name), name);
      const probe = plan.policies.find(({ policyName }) => policyName === "liveness-declared");
      assert.equal(probe?.enforcementLevel, "mandatory");
      assert.match(
        probe?.message ?? "",
        /containers\[0\]\.livenessProbe: found none[\s\S]*docs: \w+:\/\/\S+\/probes\.md#liveness-declared/,
      );
      assert.match(
        plan.policies.find(({ policyName }) => policyName === "sla-checklist")?.message ?? "",
        /1 findings exempt/,
      );
      assert.ok(plan.failed);
    });

    it("refuses a configuration that cannot be meant, with every problem and no trace of the code", async () => {
      const { failed, diagnostics, policies } = await judged({
        "system-model": { limits: { "replica-flor": { min: 3 } }, levels: { "not-privileged": "advisory" } },
      });
      const [error] = diagnostics.filter(
        ({ severity, message }) => severity === "error" && message !== "preview failed",
      );
      assert.match(
        error?.message ?? "",
        /policy configuration: limits\.replica-flor: no such rule \(did you mean replica-floor\?\)\npolicy configuration: levels\.not-privileged: found "advisory", and this rule is always mandatory$/,
      );
      assert.deepEqual([failed, policies], [true, []]);
    });
  },
);
