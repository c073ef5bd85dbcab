import assert from "node:assert/strict";
import { changingSteps } from "./components-of.ts";
import { previewMarkdown } from "./markdown.ts";
import { pulumiJson } from "./pulumi-json.ts";
import { recordPlan } from "./recorded-plan.ts";
import { previewText } from "./text.ts";
import { events, planFrom, planned, step } from "./sample-plan.ts";

describe("a preview", () => {
  it("never shows a secret: not in JSON, Markdown, text or record", () => {
    const plan = planned();
    for (const text of [
      pulumiJson(plan),
      previewMarkdown(plan),
      previewText(plan, true),
      JSON.stringify(recordPlan(plan, { whole: true })),
    ])
      assert.doesNotMatch(text, /hidden/);
    assert.match(pulumiJson(plan), /"password": "\[secret\]"/);
  });

  it("says in every output that it is a plan only", () => {
    const plan = planned();
    for (const text of [pulumiJson(plan), previewMarkdown(plan), previewText(plan, false)])
      assert.match(text, /plan only: stand-ins answered/);
    assert.equal(recordPlan(plan).planOnly, true);
    assert.doesNotMatch(previewMarkdown({ ...plan, planOnly: false }), /plan only/);
  });

  it("writes Pulumi's own preview format, with ids and outputs added", () => {
    const { steps, changeSummary } = JSON.parse(pulumiJson(planned())) as {
      steps: {
        op: string;
        urn: string;
        diffReasons?: string[];
        newState: { id: string; outputs: { arn: string }; inputs: object };
      }[];
      changeSummary: object;
    };
    const database = steps.find((found) => found.urn.endsWith("::shop"));
    assert.deepEqual(
      [database?.op, database?.newState.id, database?.newState.outputs.arn],
      ["create", "shop-id", "arn:shop"],
    );
    assert.deepEqual(steps.find(({ op }) => op === "update")?.diffReasons, ["description"]);
    assert.deepEqual(changeSummary, { create: 2, update: 1 });
  });

  it("names each resource that changes with what changes in it, and only counts new ones", () => {
    const text = previewText(planned(), false);
    assert.match(text, /\n {2}~ SecurityGroup group: description\n/);
    assert.doesNotMatch(text, /Instance shop/);
  });

  it("sees no drift in a component or in how a provider is reached", () => {
    const quiet = planFrom(
      [
        step("update", "slipway:aws:Databases", "dbs"),
        step("update", "pulumi:providers:kubernetes", "cluster"),
        step("same", "aws:kms/key:Key", "key"),
        ...events.slice(-1),
      ],
      { stack: "prod", planOnly: false, exitCode: 0 },
    );
    assert.deepEqual(changingSteps(quiet), []);
    assert.match(previewMarkdown(quiet), /Nothing changes\./);
    assert.deepEqual(
      changingSteps(planned()).map(({ op, name }) => `${op} ${name}`),
      ["create shop", "update group"],
    );
  });

  it("records what holds data with all it hangs on, and nothing else", () => {
    const { resources } = recordPlan(planned());
    assert.deepEqual(
      resources.map(({ type }) => type),
      ["slipway:aws:Databases", "pulumi:providers:aws", "aws:rds/instance:Instance"],
    );
    assert.ok(resources.every(({ provider = "" }) => !provider.includes("04da6b54")));
  });
});
