import { MetricAlarm, type MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { EventSubscription } from "@pulumi/aws/rds/eventSubscription.js";
import { Topic } from "@pulumi/aws/sns/topic.js";
import { TopicPolicy } from "@pulumi/aws/sns/topicPolicy.js";
import { TopicSubscription } from "@pulumi/aws/sns/topicSubscription.js";
import * as pulumi from "@pulumi/pulumi";
import { type AlarmPlan, INSIGHTS } from "./alarm-table.ts";
import { encryptionKey } from "../account/encryption-key.ts";
import type { AwsSettings } from "../account/settings.ts";
import { TYPE } from "../account/type-tokens.ts";

type Dimensions = Readonly<Record<string, pulumi.Input<string>>>;

/** What CloudWatch watches and whom it tells: a topic with the on-call address, encrypted, written to by AWS services only. */
export class Alarms extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, { accountId, region, alarmEmail }: AwsSettings, opts: pulumi.ComponentResourceOptions) {
    super(TYPE.alarms, name, {}, opts);
    const child = { parent: this };
    const writers = ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"];
    const arn = `arn:aws:sns:${region}:${accountId}:${name}`;
    const key = encryptionKey(
      name,
      accountId,
      [{ sid: "Alarms", services: writers, context: "aws:sns:topicArn", arns: [arn] }],
      child,
    );
    const topic = new Topic(name, { name, kmsMasterKeyId: key.arn, displayName: name }, child);
    const allowed = new TopicPolicy(name, { arn: topic.arn, policy: publishPolicy(arn, accountId, writers) }, child);
    new TopicSubscription(name, { topic: topic.arn, protocol: "email", endpoint: alarmEmail }, child);
    this.topicArn = allowed.arn; // RDS asks at once whether it may write
    this.registerOutputs({ topicArn: this.topicArn });
  }

  /** The alarms of one thing, named `<prefix>-<alarm>`. */
  watch(prefix: string, alarms: readonly AlarmPlan[], dimensions: Dimensions, parent: pulumi.Resource): void {
    for (const plan of alarms)
      new MetricAlarm(`${prefix}-${plan.name}`, alarmArguments(prefix, plan, dimensions, this.topicArn), { parent });
  }

  /** Failover, low storage and failure of database servers, told by RDS itself. */
  follow(name: string, servers: readonly pulumi.Input<string>[], parent: pulumi.Resource): void {
    new EventSubscription(
      name,
      {
        name,
        snsTopic: this.topicArn,
        sourceType: "db-instance",
        sourceIds: [...servers],
        eventCategories: ["failover", "failure", "low storage", "maintenance", "notification", "recovery"],
      },
      { parent },
    );
  }
}

function alarmArguments(
  prefix: string,
  plan: AlarmPlan,
  dimensions: Dimensions,
  topicArn: pulumi.Input<string>,
): MetricAlarmArgs {
  return {
    name: `${prefix}-${plan.name}`,
    alarmDescription: plan.text,
    ...figures(plan, dimensions),
    comparisonOperator: plan.over ? "GreaterThanThreshold" : "LessThanThreshold",
    threshold: plan.threshold,
    evaluationPeriods: plan.times,
    treatMissingData: plan.missing,
    alarmActions: [topicArn],
    okActions: [topicArn],
  };
}

/** One figure, or the sum of several: CloudWatch takes a sum, or what another service keeps, only as an expression. */
function figures(
  { namespace, metrics, statistic, minutes }: AlarmPlan,
  dimensions: Dimensions,
): Partial<MetricAlarmArgs> {
  const period = minutes * 60;
  const [metricName = "", ...others] = metrics;
  if (namespace === INSIGHTS) {
    const expression = pulumi.interpolate`${INSIGHTS}('RDS', '${dimensions["DbiResourceId"]}', '${metricName}')`;
    return { metricQueries: [{ id: "insight", expression, label: metricName, period, returnData: true }] };
  }
  if (others.length === 0) return { namespace, metricName, statistic, period, dimensions: { ...dimensions } };
  const queries = metrics.map((each, index) => ({
    id: `m${index}`,
    metric: { namespace, metricName: each, stat: statistic, period, dimensions: { ...dimensions } },
  }));
  return {
    metricQueries: [
      ...queries,
      { id: "sum", expression: queries.map(({ id }) => id).join(" + "), label: metrics.join(" + "), returnData: true },
    ],
  };
}

function publishPolicy(topic: string, account: string, services: readonly string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Services",
        Effect: "Allow",
        Principal: { Service: services },
        Action: "sns:Publish",
        Resource: topic,
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topic,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
