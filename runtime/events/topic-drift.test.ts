import assert from "node:assert/strict";
import { topicChanges } from "./topic-drift.ts";

const declared = { name: "shop.order", partitions: 3, replicas: 1, configs: { "retention.ms": "1000" } };
const actual = (change: object = {}) =>
  new Map([
    [
      "shop.order",
      {
        partitions: 3,
        replicas: 1,
        configs: new Map([
          ["retention.ms", "1000"],
          ["cleanup.policy", "delete"],
        ]),
        ...change,
      },
    ],
  ]);

describe("topics on the broker", () => {
  it("stay as they are when they are as declared, run after run", () => {
    assert.deepEqual(topicChanges([declared], actual()), {
      create: [],
      raisePartitions: [],
      setConfigs: [],
      drift: [],
    });
  });

  it("are created when missing", () => {
    assert.deepEqual(topicChanges([declared], new Map()).create, [declared]);
  });

  it("get more partitions and other settings when declared", () => {
    const changes = topicChanges([declared], actual({ partitions: 1, configs: new Map([["retention.ms", "5"]]) }));
    assert.deepEqual(changes.raisePartitions, [declared]);
    assert.deepEqual(changes.setConfigs, [{ name: "shop.order", configs: { "retention.ms": "1000" } }]);
  });

  it("are never shrunk or deleted; the difference is reported", () => {
    const changes = topicChanges(
      [declared],
      new Map([
        ...actual({ partitions: 6, replicas: 3 }),
        ["shop.old", { partitions: 1, replicas: 1, configs: new Map<string, string>() }],
      ]),
    );
    assert.equal(changes.drift.length, 2);
    assert.match(changes.drift.join(), /6 partitions, declared are 3.*3 replicas, declared are 1/);
    assert.deepEqual([changes.create, changes.raisePartitions], [[], []]);
  });
});
