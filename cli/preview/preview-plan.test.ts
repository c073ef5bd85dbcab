import assert from "node:assert/strict";
import { changingSteps } from "./components-of.ts";
import type { EngineEvent, StepEvent } from "./engine-event.ts";
import { failureMarkdown, previewMarkdown } from "./markdown.ts";
import { planCollector, type PreviewPlan } from "./preview-plan.ts";
import { pulumiJson } from "./pulumi-json.ts";
import { recordPlan } from "./recorded-plan.ts";
import { losses } from "./stateful.ts";
import { previewText } from "./text.ts";

const SECRET = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "AAABAMeanttobehidden",
};
const STACK = "urn:pulumi:prod::slipway::pulumi:pulumi:Stack::slipway-prod";
const PROVIDER = "urn:pulumi:prod::slipway::pulumi:providers:aws::aws";
const urn = (type: string, name: string): string => `urn:pulumi:prod::slipway::${type}::${name}`;

function step(
  op: string,
  type: string,
  name: string,
  extra: Partial<StepEvent> & { inputs?: object; parent?: string } = {},
): EngineEvent {
  const { inputs = {}, parent = STACK, ...rest } = extra;
  const component = type.startsWith("slipway:") || type.startsWith("pulumi:");
  const state = {
    type,
    urn: urn(type, name),
    id: component ? "" : `${name}-id`,
    parent,
    provider: component ? "" : `${PROVIDER}::04da6b54-80e4-46f7-96ec-b56ff0331ba9`,
    inputs: inputs as Record<string, unknown>,
    outputs: { arn: `arn:${name}` },
    protect: true,
  };
  return {
    resOutputsEvent: {
      metadata: {
        op,
        urn: state.urn,
        type,
        old: op === "create" ? null : state,
        new: op === "delete" ? null : state,
        ...rest,
      },
    },
  };
}

const DATABASES = urn("slipway:aws:Databases", "dbs");
const events: EngineEvent[] = [
  step("create", "slipway:aws:Databases", "dbs"),
  step("create", "pulumi:providers:aws", "aws"),
  step("create", "aws:rds/instance:Instance", "shop", {
    parent: DATABASES,
    inputs: { instanceClass: "db.m7g.large", multiAz: true, allocatedStorage: 50, password: SECRET },
  }),
  step("update", "aws:ec2/securityGroup:SecurityGroup", "group", { parent: DATABASES, diffs: ["description"] }),
  {
    policyEvent: {
      policyName: "rds-multi-az",
      policyPackName: "slipway",
      enforcementLevel: "mandatory",
      message:
        "urn:pulumi:prod::slipway::aws:rds/instance:Instance::shop multiAz: found false | wanted true\n  fix: multiAz: true",
    },
    policyLoadEvent: {},
  },
  { diagnosticEvent: { severity: "error", message: 'slipway:zones: found "9"' } },
  { summaryEvent: { durationSeconds: 3, resourceChanges: { create: 2, update: 1 } } },
];
function planFrom(
  events: readonly EngineEvent[],
  run: Parameters<ReturnType<typeof planCollector>["plan"]>[0],
): PreviewPlan {
  const { add, plan } = planCollector();
  for (const event of events) add(event);
  return plan(run);
}

const planned = (more: EngineEvent[] = [], exitCode = 0): PreviewPlan =>
  planFrom([...events.slice(0, -1), ...more, ...events.slice(-1)], { stack: "prod", planOnly: true, exitCode });

describe("a preview", () => {
  it("never shows a secret: not in JSON, Markdown, text or record", () => {
    const plan = planned();
    for (const text of [
      pulumiJson(plan),
      previewMarkdown(plan),
      previewText(plan, true),
      JSON.stringify(recordPlan(plan, true)),
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

  it("puts what would be lost above everything else, in bold", () => {
    const plan = planned(
      [
        step("replace", "aws:msk/cluster:Cluster", "kafka", { keys: ["clusterName"] }),
        step("create-replacement", "aws:msk/cluster:Cluster", "kafka"),
        step("delete", "aws:ecr/repository:Repository", "images"),
      ],
      1,
    );
    assert.deepEqual(
      losses(plan).map(({ what, because }) => [what, because]),
      [
        ["Kafka cluster", ["clusterName"]],
        ["repository with images", ["it is no longer declared"]],
      ],
    );
    const text = previewMarkdown(plan);
    assert.match(text, /\*\*REPLACED: Kafka cluster `kafka`\*\* .*because of `clusterName`; it is protected/);
    assert.ok(text.indexOf("Data would be lost") < text.indexOf("### Policies"));
  });

  it("counts changes by component, and leaves providers out", () => {
    const text = previewMarkdown(planned());
    assert.match(text, /\| Databases dbs \| 1 \| 1 \|  \|  \|/);
    assert.doesNotMatch(text, /\| the stack itself/);
  });

  it("gives verdicts of the policies and every error, on one line each", () => {
    const text = previewMarkdown(planned([], 1));
    assert.match(text, /### Policies: 1 violated/);
    assert.match(text, /- \*\*rds-multi-az\*\*: `shop multiAz: found false \| wanted true`$/m);
    assert.match(text, /slipway:zones: found "9"/);
  });

  it("estimates the cost with its date and assumptions", () => {
    const text = previewMarkdown(planned());
    assert.match(text, /about \$\d+ a month/);
    assert.match(text, /list prices of eu-central-1 as of \d{4}-\d\d-\d\d, on demand; without traffic/);
    assert.match(text, /\| database db.m7g.large with standby \| 1 \| 295 \|/);
  });

  it("estimates no cost of a plan that ended early: what is missing in it costs as well", () => {
    const broken = planFrom(
      events.filter(({ diagnosticEvent }) => !diagnosticEvent),
      { stack: "prod", planOnly: true, exitCode: 1 },
    );
    for (const show of [previewMarkdown, (plan: PreviewPlan) => previewText(plan, false)]) {
      assert.match(show(broken), /about \$\d+ a month/, "a plan that only breaks policies is whole");
      for (const early of [planned([], 1), { ...broken, policies: [] }])
        assert.doesNotMatch(show(early), /cost|a month/);
    }
  });

  it("prices declared node groups instead of guessing nodes from the pods", () => {
    const group = (capacityType: string): EngineEvent =>
      step("create", "aws:eks/nodeGroup:NodeGroup", capacityType, {
        inputs: { capacityType, scalingConfig: { desiredSize: 3 } },
      });
    const pods = step("create", "kubernetes:apps/v1:Deployment", "order", {
      inputs: { spec: { template: { spec: { containers: [{ resources: { requests: { cpu: "500m" } } }] } } } },
    });
    assert.match(previewMarkdown(planned([pods])), /\| nodes \(m7i.large\) for the lowest load \| 2 \|/);
    const text = previewMarkdown(planned([pods, group("ON_DEMAND"), group("SPOT")]));
    assert.match(text, /\| on-demand nodes of node groups \| 3 \| 265 \|/);
    assert.match(text, /\| spot nodes of node groups, at most \| 3 \| 265 \|/);
    assert.doesNotMatch(text, /for the lowest load/);
  });

  it("prices the volumes that each replica of a store brings", () => {
    const volume = { spec: { resources: { requests: { storage: "50Gi" } } } };
    const store = step("create", "kubernetes:apps/v1:StatefulSet", "prometheus", {
      inputs: { spec: { replicas: 2, volumeClaimTemplates: [volume] } },
    });
    assert.match(previewMarkdown(planned([store])), /\| volumes, GiB \| 100 \| 10 \|/);
  });

  it("says what the change costs, against what it is compared with", () => {
    const standby = (before: boolean, after: boolean): EngineEvent => {
      const { resOutputsEvent: { metadata } = {} } = step("update", "aws:rds/instance:Instance", "shop");
      const state = (multiAz: boolean) => ({ ...metadata!.new!, inputs: { instanceClass: "db.m7g.large", multiAz } });
      return { resOutputsEvent: { metadata: { ...metadata!, old: state(before), new: state(after) } } };
    };
    const heading = (before: boolean, after: boolean): string =>
      /### Estimated.*/.exec(
        previewMarkdown(
          planFrom([standby(before, after), ...events.slice(-1)], { stack: "prod", planOnly: false, exitCode: 0 }),
        ),
      )?.[0] ?? "";
    assert.match(heading(false, true), /about \$295 a month, \+\$147 to what it is compared with$/);
    assert.match(heading(true, false), /about \$147 a month, -\$147 to/);
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

  it("names what it is compared with, and each value that changes, folded", () => {
    const spec = (maxReplicas: number) => ({
      type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
      urn: urn("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "order"),
      parent: STACK,
      provider: PROVIDER,
      inputs: { spec: { maxReplicas } },
    });
    const change: EngineEvent = {
      resOutputsEvent: {
        metadata: { ...step("update", spec(3).type, "order").resOutputsEvent!.metadata, old: spec(3), new: spec(5) },
      },
    };
    const text = previewMarkdown(planned([change]), "`main`");
    assert.match(text, /^Compared with `main`\.$/m);
    assert.match(
      text,
      /<details open><summary>Every change: 3<\/summary>[^]*- changed `order` \(kubernetes:autoscaling\/v2:HorizontalPodAutoscaler\): `spec.maxReplicas`: `3` → `5`\n[^]*<\/details>/,
    );
  });

  it("fits into a comment however much is wrong, with losses first and nothing left open", () => {
    const many = <T>(make: (name: string) => T): T[] =>
      Array.from({ length: 400 }, (_, index) => make(`service-${index}-${"x".repeat(40)}`));
    const text = previewMarkdown(
      planned(
        [
          ...many((name) =>
            step("replace", "kubernetes:core/v1:PersistentVolumeClaim", name, { keys: ["spec.storageClassName"] }),
          ),
          ...many(
            (name): EngineEvent => ({
              policyEvent: {
                policyName: "rule",
                policyPackName: "slipway",
                enforcementLevel: "mandatory",
                message: `${name} ${"found ".repeat(100)}`,
              },
            }),
          ),
          ...many(
            (name): EngineEvent => ({
              diagnosticEvent: { severity: "error", message: `${name}\n${"```\n".repeat(900)}` },
            }),
          ),
          ...many((name) => step("create", "slipway:workload:Microservice", name)),
          ...many((name) =>
            step("create", "kubernetes:core/v1:Service", name, { parent: urn("slipway:workload:Microservice", name) }),
          ),
        ],
        1,
      ),
    );
    assert.ok(text.length < 65_000, `${text.length} characters`);
    assert.match(text.slice(0, 600), /\*\*REPLACED: volume/);
    assert.equal(text.match(/<details>/g)?.length, text.match(/<\/details>/g)?.length);
    assert.equal(text.match(/and \d+ more/g)?.length, 5); // losses, errors, findings, components, every change
  });

  it("has no verdict and no changes when it failed before there were any", () => {
    const nothing = planFrom(
      [{ policyLoadEvent: {} }, { diagnosticEvent: { severity: "error", message: "no plugin" } }],
      { stack: "prod", planOnly: false, exitCode: 1 },
    );
    assert.match(previewMarkdown(nothing), /### Policies: not decided, because the plan failed/);
    assert.match(previewMarkdown(nothing), /None is known: the plan did not get that far/);
    assert.match(previewText(nothing, false), /policies not decided/);
  });

  it("is a comment of its own kind where there is no plan", () => {
    assert.match(
      failureMarkdown("prod", "error: no stack named 'prod' found"),
      /^<!-- slipway-preview -->\n## Preview of `prod`: failed\n\nThere is no plan\.\n\n```\nerror: no stack/,
    );
  });

  it("puts no price on a machine of one's own", () => {
    const local = planFrom([step("create", "kubernetes:apps/v1:Deployment", "order"), ...events.slice(-1)], {
      stack: "dev",
      planOnly: true,
      exitCode: 0,
    });
    assert.doesNotMatch(previewMarkdown(local), /cost/);
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
