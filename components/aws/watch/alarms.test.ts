import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";

type Alarm = Readonly<
  Record<"metricName" | "comparisonOperator" | "statistic", string> &
    Record<"threshold" | "period" | "evaluationPeriods", number> & {
      dimensions: Record<string, string>;
      okActions: string[];
      alarmActions: string[];
      treatMissingData: string;
    }
>;

describe("alarms on AWS", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  const alarm = (name: string): Alarm =>
    inputs(shop.of("aws:cloudwatch/metricAlarm:MetricAlarm").find((found) => found.name === name)) as unknown as Alarm;

  it("ring on the right side of their thresholds, after the right time", () => {
    const table: readonly [name: string, metric: string, sign: string, threshold: number, minutes: number][] = [
      ["slipway-shop-database-cpu", "CPUUtilization", "GreaterThanThreshold", 80, 15],
      ["slipway-shop-database-connections", "DatabaseConnections", "GreaterThanThreshold", 272, 2], // 80 % of what 8 GiB take: 341
      ["slipway-prod-kafka-offline", "OfflinePartitionsCount", "GreaterThanThreshold", 0, 1],
      ["slipway-prod-kafka-controller", "ActiveControllerCount", "LessThanThreshold", 1, 5],
      ["slipway-prod-kafka-3-disk", "KafkaDataLogsDiskUsed", "GreaterThanThreshold", 85, 5],
      ["slipway-prod-cluster-errors", "apiserver_request_total_5XX", "GreaterThanThreshold", 50, 15],
      ["slipway-prod-nat-1-ports", "ErrorPortAllocation", "GreaterThanThreshold", 0, 1],
      ["slipway-prod-certificate-expiry", "DaysToExpiry", "LessThanThreshold", 21, 24 * 60],
      ["slipway-prod-edge-errors", "HTTPCode_ELB_5XX_Count", "GreaterThanThreshold", 10, 2],
    ];
    for (const [name, metric, sign, threshold, minutes] of table) {
      const { metricName, comparisonOperator, threshold: limit, period, evaluationPeriods } = alarm(name);
      assert.deepEqual(
        [metricName, comparisonOperator, limit, period * evaluationPeriods],
        [metric, sign, threshold, minutes * 60],
        name,
      );
    }
  });

  it("measure what grows by itself at its present size", () => {
    const { metricQueries, threshold, evaluationPeriods } = alarm("slipway-shop-database-storage") as unknown as {
      metricQueries: { expression: string; period: number; returnData: boolean }[];
      threshold: number;
      evaluationPeriods: number;
    };
    const [{ expression, period, returnData } = { expression: "", period: 0, returnData: false }] = metricQueries;
    assert.match(expression, /^DB_PERF_INSIGHTS\('RDS', 'db-[^']+', 'os\.fileSys\.usedPercent\.avg'\)$/);
    assert.deepEqual([threshold, period * evaluationPeriods, returnData], [92, 30 * 60, true]);
    const sizes = shop
      .of("aws:cloudwatch/metricAlarm:MetricAlarm")
      .filter((found) => inputs(found)["metricName"] === "FreeStorageSpace");
    assert.deepEqual(sizes, []);
  });

  it("count what a broker computes for itself and for the kernel together", () => {
    const { metricQueries } = alarm("slipway-prod-kafka-3-cpu") as unknown as {
      metricQueries: {
        id: string;
        expression?: string;
        returnData?: boolean;
        metric?: { metricName: string; dimensions: object };
      }[];
    };
    assert.deepEqual(
      metricQueries.map(({ id, metric, expression, returnData }) => [
        id,
        metric?.metricName ?? expression,
        returnData ?? false,
      ]),
      [
        ["m0", "CpuUser", false],
        ["m1", "CpuSystem", false],
        ["sum", "m0 + m1", true],
      ],
    );
    assert.deepEqual(metricQueries[0]?.metric?.dimensions, { "Cluster Name": "slipway-prod-kafka", "Broker ID": "3" });
  });

  it("watch what is there: each server, broker and gateway by the name AWS gives its figures", () => {
    const dimensions = (name: string): Record<string, string> => alarm(name).dimensions;
    assert.deepEqual(dimensions("slipway-shop-database-cpu"), { DBInstanceIdentifier: "shop" });
    for (const broker of ["1", "2", "3"])
      assert.deepEqual(dimensions(`slipway-prod-kafka-${broker}-disk`), {
        "Cluster Name": "slipway-prod-kafka",
        "Broker ID": broker,
      });
    for (const zone of [1, 2, 3])
      assert.deepEqual(dimensions(`slipway-prod-nat-${zone}-ports`), { NatGatewayId: `slipway-prod-${zone}-id` });
    assert.deepEqual(dimensions("slipway-prod-cluster-errors"), { ClusterName: "slipway-prod" });
    assert.deepEqual(Object.keys(dimensions("slipway-prod-certificate-expiry")), ["CertificateArn"]);
  });

  it("tell the on-call address, also when it is over, and RDS tells what it knows itself", () => {
    for (const { alarmActions, okActions } of shop.of("aws:cloudwatch/metricAlarm:MetricAlarm").map(inputs))
      assert.deepEqual([alarmActions, okActions], [["slipway-prod-alarms-id"], ["slipway-prod-alarms-id"]]);
    const { sourceType, eventCategories } = shop.only("aws:rds/eventSubscription:EventSubscription");
    assert.equal(sourceType, "db-instance");
    for (const category of ["failover", "failure", "low storage"])
      assert.ok((eventCategories as string[]).includes(category), category);
    const { protocol, endpoint } = shop.only("aws:sns/topicSubscription:TopicSubscription");
    assert.deepEqual([protocol, endpoint], ["email", "on-call@example.com"]);
  });

  it("go through a topic that only services of this account write to, over TLS", () => {
    const { Statement } = JSON.parse(String(shop.only("aws:sns/topicPolicy:TopicPolicy")["policy"])) as {
      Statement: { Effect: string; Principal: unknown; Condition: unknown }[];
    };
    assert.deepEqual(
      Statement.map(({ Effect, Principal, Condition }) => [Effect, Principal, Condition]),
      [
        [
          "Allow",
          { Service: ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"] },
          { StringEquals: { "aws:SourceAccount": "111122223333" } },
        ],
        ["Deny", "*", { Bool: { "aws:SecureTransport": "false" } }],
      ],
    );
  });
});
