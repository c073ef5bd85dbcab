import assert from "node:assert/strict";
import type { EngineEvent } from "./engine-event.ts";
import { failureMarkdown, previewMarkdown } from "./markdown.ts";
import { losses } from "./stateful.ts";
import { previewText } from "./text.ts";
import { planFrom, planned, PROVIDER, STACK, step, urn } from "./sample-plan.ts";

describe("a preview", () => {
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
});
