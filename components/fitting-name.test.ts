import assert from "node:assert/strict";
import { awsAnswers } from "../test/aws-answers.ts";
import { awsPlatform, inputs } from "../test/aws-graph.ts";
import { recordResources } from "../test/record-resources.ts";
import { shop } from "../test/shop.ts";
import { planSystem } from "../model/plan.ts";
import type { System } from "../model/system.ts";
import { fittingName } from "./fitting-name.ts";

/** What AWS and Kubernetes take at most, and how much of it is Pulumi's where a resource has no name of its own. */
const LIMITS = [
  ["aws:iam/role:Role", "name", 64, 8],
  ["aws:iam/rolePolicy:RolePolicy", "name", 128, 8],
  ["aws:rds/instance:Instance", "identifier", 63, 0],
  ["aws:rds/parameterGroup:ParameterGroup", "name", 255, 8],
  ["aws:rds/eventSubscription:EventSubscription", "name", 255, 0],
  ["aws:lb/targetGroup:TargetGroup", "name", 32, 0],
  ["aws:ecr/repository:Repository", "name", 256, 0],
  ["aws:msk/topic:Topic", "name", 249, 0],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", "name", 255, 0],
  ["kubernetes:batch/v1:Job", "name", 63, 9],
] as const;

const LONGEST = "worldwide-fresh-fish-delivery-with-a-long-name-for-once";
const { order, ...others } = shop.services;
const system: System = {
  ...shop,
  name: LONGEST,
  services: {
    ...others,
    "takes-orders-of-customers-all-over-world": order,
    "takes-orders-of-customers-all-over-europe": { ...order, publishes: [], calls: {} },
  },
};

describe("a name that AWS takes", () => {
  it("is the name itself where that is short enough", () => {
    assert.equal(fittingName("slipway-shop", 12), "slipway-shop");
  });

  it("is otherwise cut, the same every time, with digits that tell it from what begins alike", () => {
    const [one, other] = [
      fittingName("slipway-worldwide-delivery-of-fish", 32),
      fittingName("slipway-worldwide-delivery-of-meat", 32),
    ];
    assert.match(one, /^slipway-worldwide-delive-[0-9a-f]{7}$/);
    assert.equal(one, fittingName("slipway-worldwide-delivery-of-fish", 32));
    assert.notEqual(one, other);
    assert.match(
      fittingName("slipway-worldwide-fish-a-delivery", 32),
      /^slipway-worldwide-fish-a-[0-9a-f]{7}$/,
      "never two dashes in a row",
    );
  });

  for (const per of ["system", "service"]) {
    it(`is given to everything of the longest system, with a database for each ${per}`, async () => {
      const plan = planSystem(system, "prod");
      const all = await recordResources(
        "prod",
        (root) => void awsPlatform(plan, root, { "slipway:databasePer": per }),
        awsAnswers,
      );
      for (const [type, property, most, pulumis] of LIMITS) {
        const found = all.filter((resource) => resource.type === type);
        assert.ok(found.length > 0, type);
        for (const resource of found) {
          const own = inputs(resource)[property];
          assert.ok(
            typeof own === "string" ? own.length <= most : resource.name.length <= most - pulumis,
            `${type} ${String(own ?? resource.name)}`,
          );
        }
      }
    });
  }
});
