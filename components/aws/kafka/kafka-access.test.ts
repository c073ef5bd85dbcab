import assert from "node:assert/strict";
import { shopPlan } from "../../../test/shop.ts";
import { allows } from "../../../test/iam-evaluation.ts";
import { kafkaPolicy } from "./kafka-access.ts";

const CLUSTER = "arn:aws:kafka:eu-central-1:111122223333:cluster/slipway-prod-kafka/uuid";
const topic = (name: string): string => `${CLUSTER.replace(":cluster/", ":topic/")}/${name}`;
const group = (name: string): string => `${CLUSTER.replace(":cluster/", ":group/")}/${name}`;
const plan = shopPlan();
const policyOf = (name: string): string =>
  kafkaPolicy(CLUSTER, plan.workloads.find((workload) => workload.name === name) ?? assert.fail(name));
const own =
  plan.messaging.topics.find(({ producer, deadLetterOf }) => producer === "order" && deadLetterOf === null)?.name ?? "";

describe("Kafka rights of a service", () => {
  it("let a producer write its own topic", () => {
    assert.ok(allows(policyOf("order"), "kafka-cluster:WriteData", topic(own)));
    assert.ok(allows(policyOf("order"), "kafka-cluster:Connect", CLUSTER));
  });

  it("let a consumer read what it consumes, commit in its own group and put dead letters away", () => {
    const policy = policyOf("printer");
    assert.ok(allows(policy, "kafka-cluster:ReadData", topic(own)));
    assert.ok(allows(policy, "kafka-cluster:AlterGroup", group("shop.printer")));
    assert.ok(allows(policy, "kafka-cluster:WriteData", topic(`${own}.printer.dlq`)));
  });

  it("let nobody touch anything else", () => {
    const forbidden: readonly [service: string, action: string, resource: string][] = [
      ["order", "kafka-cluster:ReadData", topic(own)],
      ["order", "kafka-cluster:WriteData", topic("bank.account")],
      ["order", "kafka-cluster:AlterGroup", group("shop.printer")],
      ["printer", "kafka-cluster:WriteData", topic(own)],
      ["printer", "kafka-cluster:AlterGroup", group("shop.order")],
      ["printer", "kafka-cluster:ReadData", topic(`${own}x`)],
    ];
    for (const [service, action, resource] of forbidden)
      assert.equal(allows(policyOf(service), action, resource), false, `${service} ${action} ${resource}`);
    for (const service of ["order", "printer"]) {
      for (const action of ["CreateTopic", "DeleteTopic", "AlterTopic", "AlterCluster", "DeleteGroup"]) {
        for (const resource of [CLUSTER, topic(own), group("shop.printer")])
          assert.equal(allows(policyOf(service), `kafka-cluster:${action}`, resource), false);
      }
    }
  });

  it("never use a wildcard", () => {
    for (const { name, network } of plan.workloads) if (network.toKafka) assert.doesNotMatch(policyOf(name), /\*/);
  });
});
