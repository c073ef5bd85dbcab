import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { EngineEvent } from "../cli/preview/engine-event.ts";
import { previewMarkdown } from "../cli/preview/markdown.ts";
import { planOnlyPreview } from "../cli/preview/plan-only.ts";
import type { PreviewPlan } from "../cli/preview/preview-plan.ts";
import { pulumiJson } from "../cli/preview/pulumi-json.ts";
import { recordPlan, type RecordedPlan } from "../cli/preview/recorded-plan.ts";
import { isStateful, losses } from "../cli/preview/stateful.ts";
import { runEngine } from "../cli/preview/run-engine.ts";
import { previewText } from "../cli/preview/text.ts";
import { projectFolder } from "../cli/project-folder.ts";
import { planOnlyStack, withPlanOnlyEngine } from "../toolchain/plan-only.ts";
import { standardProgress } from "../toolchain/progress.ts";

const live = process.env["SLIPWAY_LIVE_TESTS"] === "1" || process.env["SLIPWAY_ENGINE_TESTS"] === "1";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const recorded = JSON.parse(readFileSync(join(projectFolder, "test/recorded-plan/prod.json"), "utf8")) as RecordedPlan;
const config = (parse(readFileSync(join(projectFolder, "Pulumi.prod.yaml"), "utf8")) as { config: Record<string, string> }).config;
const planned = (options: { against?: RecordedPlan; policies?: boolean; more?: Record<string, string> } = {}): Promise<PreviewPlan> => planOnlyPreview(
  { stack: "prod", policies: options.policies ?? false, recorded: options.against ?? null, config: { ...config, ...options.more } }, standardProgress(false));
const errorsOf = ({ diagnostics }: PreviewPlan): string => diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message).join("\n");

describe(live ? "prod through the real engine" : "prod through the real engine (skipped: it needs the engine, which `npm test` makes)", function () {
  this.timeout(300_000);
  let plan: PreviewPlan;

  before(async function () {
    if (!live) return this.skip();
    plan = await planned({ policies: true });
  });

  const assertConcrete = (found: PreviewPlan): void => {
    assert.equal(errorsOf(found), "");
    assert.ok(found.steps.length > 250, `${found.steps.length} resources`);
    for (const { urn, new: inputs, id, custom, type } of found.steps) {
      assert.ok(!JSON.stringify(inputs).includes(UNKNOWN), `${urn} has an unknown input`);
      if (custom && !type.startsWith("pulumi:")) assert.notEqual(id, "", `${urn} has no id`);
    }
  };

  it("plans every resource with concrete values, and without an account", () => assertConcrete(plan));

  it("plans the other ways of running it as well: node groups, web firewall, enhanced scanning, two zones behind one gateway", async () => {
    const other = await planned({ more: { "slipway:compute": "node-groups", "slipway:firewall": "on", "slipway:imageScanning": "enhanced", "slipway:zones": "2", "slipway:nat": "shared", "slipway:brokers": "4" } });
    assertConcrete(other);
    assert.equal(other.steps.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup").length, 2);
  });

  it("keeps every mandatory rule of the policy pack", () => {
    assert.ok(plan.judged);
    assert.deepEqual(plan.policies.filter(({ enforcementLevel }) => enforcementLevel === "mandatory").map(({ policyName, message }) => `${policyName}: ${message}`), []);
  });

  it("shows no password, neither in the plan nor in JSON, Markdown, text or record", () => {
    const text = [pulumiJson(plan), previewMarkdown(plan), previewText(plan, true), JSON.stringify(recordPlan(plan, true))].join("\n");
    assert.doesNotMatch(text, /plan-only-plan-only|"password": "(?!\[secret\])/);
    const secrets = plan.steps.filter(({ type }) => type === "kubernetes:core/v1:Secret");
    assert.ok(secrets.length > 0 && secrets.every(({ new: inputs }) => inputs?.["stringData"] === "[secret]"));
  });

  it("is the same plan every time", async () => {
    const again = await planned();
    const inputs = (found: PreviewPlan): object => Object.fromEntries(found.steps.map((step) => [step.urn, step.new]).toSorted());
    assert.deepEqual(inputs(again), inputs(plan));
  });

  it("replaces and deletes nothing that holds data, compared with the last release", async () => {
    const now = await planned({ against: recorded });
    assert.deepEqual(losses(now).map(({ step, because }) => `${step.op} ${step.urn}: ${because.join(", ")}`), [],
      "This change would lose data. If that is meant, say so in the release notes and record anew: slipway preview prod --record test/recorded-plan/prod.json");
    const kept = new Set(now.steps.filter(({ op }) => op === "same" || op === "update").map(({ urn }) => urn));
    for (const { urn, type } of recorded.resources) if (isStateful({ type })) assert.ok(kept.has(urn), `${urn} is not in the plan any more: give its new name an alias`);
    const known = new Set(recorded.resources.map(({ urn }) => urn));
    for (const step of now.steps) if (isStateful(step)) assert.ok(known.has(step.urn), `${step.urn} is not in the record, so nothing guards it: slipway preview prod --record test/recorded-plan/prod.json`);
  });

  const mistakes: readonly [what: string, more: Record<string, string>, lost: RegExp][] = [
    ["another address block", { "slipway:vpcCidr": "10.64.0.0/16" }, /replace .*Vpc/],
    ["a server for each service", { "slipway:databasePer": "service" }, /delete .*rds\/instance/],
    ["another region", { "aws:region": "eu-west-1" }, /replace .*rds\/instance/],
    ["a zone less", { "slipway:zones": "2", "slipway:brokers": "4" }, /replace .*msk\/cluster/],
    ["nodes of another kind", { "slipway:compute": "node-groups" }, /replace .*eks\/cluster/],
  ];
  for (const [what, more, lost] of mistakes) {
    it(`notices that ${what} would lose data`, async () => {
      const found = losses(await planned({ against: recorded, more })).map(({ step }) => `${step.op} ${step.urn}`);
      assert.ok(found.some((loss) => lost.test(loss)), found.join("\n"));
    });
  }

  it("notices another name of the cluster, of a repository or of brokers, and another size of a volume", async () => {
    const released: Record<string, (inputs: Record<string, never>) => void> = {
      "aws:eks/cluster:Cluster": (inputs) => void Object.assign(inputs, { name: "before" }),
      "aws:ecr/repository:Repository": (inputs) => void Object.assign(inputs, { name: "before" }),
      "aws:msk/cluster:Cluster": (inputs) => void Object.assign(inputs, { clusterName: "before" }),
      "kubernetes:apps/v1:StatefulSet": (inputs) => void Object.assign(inputs["spec"] ?? {}, { volumeClaimTemplates: [] }),
    };
    const before = structuredClone(recorded);
    for (const { type, inputs } of before.resources) released[type]?.(inputs as Record<string, never>);
    const found = losses(await planned({ against: before }));
    const expected = before.resources.filter(({ type }) => type in released).map(({ urn }) => urn);
    assert.deepEqual(found.filter(({ step: { op } }) => op === "replace").map(({ step: { urn } }) => urn).filter((urn) => expected.includes(urn)).toSorted(), expected.toSorted());
  });

  it("lists everything that is wrong before anything is planned", async () => {
    const wrong = await planned({ more: { "slipway:accountId": "1", "slipway:zones": "5", "slipway:clusterVersion": "1.20" } });
    for (const key of ["slipway:accountId", "slipway:zones", "slipway:clusterVersion"]) assert.match(errorsOf(wrong), new RegExp(`${key}: found`));
    assert.equal(wrong.steps.filter(({ type }) => type.startsWith("aws:")).length, 0);
  });

  it("refuses to create anything, with a reason", async () => {
    const said: EngineEvent[] = [];
    const { exitCode, messages } = await withPlanOnlyEngine(standardProgress(false), async (engine) => {
      const file = await planOnlyStack(engine, "slipway", "prod", `config: ${JSON.stringify(config)}`);
      const args = ["up", "--stack", "prod", "--config-file", file, "--yes", "--skip-preview"];
      return runEngine({ pulumi: engine.pulumi, args, cwd: projectFolder, env: engine.env, onEvent: (event) => void said.push(event) });
    });
    assert.notEqual(exitCode, 0);
    assert.match(messages + JSON.stringify(said), /plan only: this stand-in for provider .* never creates/);
  });
});
