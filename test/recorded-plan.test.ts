import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { firstSetUp } from "../cli/preview/record/first-set-up.ts";
import { type RecordedPlan, recordPlan } from "../cli/preview/recorded-plan.ts";
import { isStateful, losses } from "../cli/preview/stateful.ts";
import { projectFolder } from "../cli/project/project-folder.ts";
import { committedSettings } from "../cli/stack/committed-settings.ts";
import { systemNames } from "../model/system-names.ts";
import { systems } from "../systems/index.ts";
import { errorsOf, live, planned } from "./engine-plans.ts";

const recordFile = (stack: string): string => `test/recorded-plan/${stack}.json`;
const recordOf = (stack: string): RecordedPlan =>
  JSON.parse(readFileSync(join(projectFolder, recordFile(stack)), "utf8")) as RecordedPlan;

/** Watching knows of every system of the stack, and is of none; of a provider, a record leaves out where this machine finds the cluster. */
const OF_NONE = /Observability|monitoring|pulumi:providers:/;

describe(
  live ? "what holds data" : "what holds data (skipped: it needs the engine, which `npm test` makes)",
  function () {
    this.timeout(300_000);

    before(function () {
      if (!live) this.skip();
    });

    for (const stack of ["prod", "dev"] as const) {
      it(`is neither replaced nor deleted on ${stack}, compared with the last release`, async () => {
        const recorded = recordOf(stack);
        assert.equal(firstSetUp(recorded, committedSettings(projectFolder, stack) ?? {}, recordFile(stack)), null);
        const now = await planned({ stack, against: recorded });
        const anew = `slipway preview ${stack} --no-policies --record ${recordFile(stack)}`;
        assert.equal(errorsOf(now), "");
        assert.deepEqual(
          losses(now).map(({ step, because }) => `${step.op} ${step.urn}: ${because.join(", ")}`),
          [],
          `This change would lose data. What was only given another name needs an alias. If the loss is meant, say so in the release notes and record anew: ${anew}`,
        );
        const known = new Set(recorded.resources.map(({ urn }) => urn));
        for (const step of now.steps)
          if (isStateful(step))
            assert.ok(known.has(step.urn), `${step.urn} is not in the record, so nothing guards it: ${anew}`);
      });

      it(`is recorded of ${stack} without a path of the machine it was recorded on`, () =>
        assert.doesNotMatch(JSON.stringify(recordOf(stack)), /"kubeconfig"|"\/(home|root|tmp|Users)\//));
    }

    for (const stack of ["prod", "dev"] as const) {
      it(`is left as it is, with everything else of the first system, when a second one comes to ${stack}`, async () => {
        const [first = "", second = ""] = systemNames(systems);
        const alone = await planned({ stack, more: { "slipway:system": first } });
        const both = await planned({
          stack,
          more: { "slipway:system": `${first},${second}` },
          against: recordPlan(alone, { whole: true }),
        });
        assert.equal(errorsOf(both), "");
        const added = both.steps.filter(({ op }) => op === "create");
        assert.ok(added.some(({ urn }) => urn.includes(second)));
        assert.deepEqual(
          both.steps
            .filter(({ op, urn }) => !["create", "same"].includes(op) && !OF_NONE.test(urn))
            .map(({ op, urn }) => `${op} ${urn}`),
          [],
        );
      });
    }

    const mistakes: readonly [what: string, stack: "dev" | "prod", more: Record<string, string>, lost: RegExp][] = [
      ["another address block", "prod", { "slipway:vpcCidr": "10.64.0.0/16" }, /replace .*Vpc/],
      ["a server for each service", "prod", { "slipway:databasePer": "service" }, /delete .*rds\/instance/],
      ["another region", "prod", { "aws:region": "eu-west-1" }, /replace .*rds\/instance/],
      ["a zone less", "prod", { "slipway:zones": "2", "slipway:brokers": "4" }, /replace .*msk\/cluster/],
      ["nodes of another kind", "prod", { "slipway:compute": "node-groups" }, /replace .*eks\/cluster/],
      ["an older Kafka", "prod", { "slipway:kafkaVersion": "3.9.x.kraft" }, /replace .*msk\/cluster/],
      ["another cluster", "dev", { "slipway:cluster": "other" }, /replace .*StatefulSet::fishdelivery-mariadb/],
      ["no monitoring", "dev", { "slipway:monitoring": "off" }, /delete .*StatefulSet::monitoring-prometheus/],
    ];
    for (const [what, stack, more, lost] of mistakes) {
      it(`would be lost on ${stack} by ${what}, and that is noticed`, async () => {
        const found = losses(await planned({ stack, against: recordOf(stack), more })).map(
          ({ step }) => `${step.op} ${step.urn}`,
        );
        assert.ok(
          found.some((loss) => lost.test(loss)),
          found.join("\n"),
        );
      });
    }

    const released: Readonly<Record<string, (inputs: Record<string, never>) => void>> = {
      "aws:eks/cluster:Cluster": (inputs) => void Object.assign(inputs, { name: "before" }),
      "aws:ecr/repository:Repository": (inputs) => void Object.assign(inputs, { name: "before" }),
      "aws:msk/cluster:Cluster": (inputs) => void Object.assign(inputs, { clusterName: "before" }),
      "aws:rds/instance:Instance": (inputs) => void Object.assign(inputs, { username: "before" }),
      "kubernetes:apps/v1:StatefulSet": (inputs) =>
        void Object.assign(inputs["spec"] ?? {}, { volumeClaimTemplates: [] }),
    };
    for (const stack of ["prod", "dev"] as const) {
      it(`would be lost on ${stack} by another name, another administrator or another volume, and that is noticed`, async () => {
        const before = recordOf(stack);
        const changed = before.resources.filter(({ type }) => type in released);
        for (const { type, inputs } of changed) released[type]?.(inputs as Record<string, never>);
        const found = losses(await planned({ stack, against: before }))
          .filter(({ step: { op } }) => op === "replace")
          .map(({ step: { urn } }) => urn);
        const expected = changed.map(({ urn }) => urn);
        assert.ok(expected.length > 0);
        assert.deepEqual(found.filter((urn) => expected.includes(urn)).toSorted(), expected.toSorted());
      });
    }
  },
);
