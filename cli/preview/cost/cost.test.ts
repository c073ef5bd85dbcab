import assert from "node:assert/strict";
import { CACHE_MEMORY_GIB, DATABASE_MEMORY_GIB } from "../../../components/aws/account/supported.ts";
import type { EngineEvent } from "../engine-event.ts";
import { previewMarkdown } from "../markdown.ts";
import type { PreviewPlan } from "../preview-plan.ts";
import { previewText } from "../text.ts";
import { PRICE } from "./prices.ts";
import { events, planFrom, planned, step } from "../sample-plan.ts";

describe("a preview", () => {
  it("estimates the cost with its date and assumptions", () => {
    const text = previewMarkdown(planned());
    assert.match(text, /about \$\d+ a month/);
    assert.match(text, /list prices of eu-central-1, as of \d{4}-\d\d-\d\d, on demand; without traffic/);
    assert.match(text, /\| database db.m7g.large with standby \| 1 \| 295 \|/);
  });

  it("says whose prices it has where the stack runs in another region", () => {
    const there = planned([step("create", "pulumi:providers:aws", "aws", { inputs: { region: "us-east-1" } })]);
    for (const shown of [previewMarkdown(there), previewText(there, false)])
      assert.match(shown, /list prices of eu-central-1, not of us-east-1, where this stack runs/);
    const here = planned([step("create", "pulumi:providers:aws", "aws", { inputs: { region: "eu-central-1" } })]);
    assert.doesNotMatch(previewText(here, false), /not of/);
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

  it("prices each engine, and every node of a cache", () => {
    const postgres = step("create", "aws:rds/instance:Instance", "goods", {
      inputs: { engine: "postgres", instanceClass: "db.m7g.large", multiAz: true },
    });
    const cache = step("create", "aws:elasticache/replicationGroup:ReplicationGroup", "cart", {
      inputs: { nodeType: "cache.m7g.large", numCacheClusters: 2 },
    });
    const text = previewMarkdown(planned([postgres, cache]));
    assert.match(text, /\| PostgreSQL db\.m7g\.large with standby \| 1 \| 305 \|/);
    assert.match(text, /\| cache nodes cache\.m7g\.large \| 2 \| 219 \|/);
  });

  it("has a price for every class that may be chosen", () => {
    assert.deepEqual(Object.keys(PRICE.database), Object.keys(DATABASE_MEMORY_GIB));
    assert.deepEqual(Object.keys(PRICE.postgres), Object.keys(DATABASE_MEMORY_GIB));
    assert.deepEqual(Object.keys(PRICE.cache), Object.keys(CACHE_MEMORY_GIB));
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

  it("puts no price on a machine of one's own", () => {
    const local = planFrom([step("create", "kubernetes:apps/v1:Deployment", "order"), ...events.slice(-1)], {
      stack: "dev",
      planOnly: true,
      exitCode: 0,
    });
    assert.doesNotMatch(previewMarkdown(local), /cost/);
  });
});
