import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { FlowLog } from "@pulumi/aws/ec2/flowLog.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import { encryptionKey, logWriter } from "../account/encryption-key.ts";
import { trustFor } from "../account/trust.ts";
import { policyDocument, type Statement } from "../account/policy-document.ts";
import type { AwsSettings } from "../account/settings.ts";

/** Long enough to look back over a quarter's incident; flow records are small. */
const RETENTION_DAYS = 90;

/** Who talked to whom: every connection of the network, accepted or not. */
export function flowLogs(name: string, vpcId: Input<string>, settings: AwsSettings, opts: CustomResourceOptions): void {
  const group = `/slipway/${name}/flow`;
  const key = encryptionKey(`${name}-logs`, settings.accountId, [logWriter(settings, [group])], opts);
  const logs = new LogGroup(`${name}-flow`, { name: group, retentionInDays: RETENTION_DAYS, kmsKeyId: key.arn }, opts);
  const role = new Role(
    `${name}-flow`,
    {
      assumeRolePolicy: trustFor(settings, "vpc-flow-logs.amazonaws.com", ["ec2", "vpc-flow-log/*"]),
      description: "Writes flow logs",
    },
    opts,
  );
  const policy = logs.arn.apply((arn) => policyDocument(writing(arn)));
  new RolePolicy(`${name}-flow`, { role: role.name, policy }, opts);
  new FlowLog(
    name,
    {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logs.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags: { Name: name },
    },
    opts,
  );
}

function writing(arn: string): Statement[] {
  const write = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"];
  return [
    { Sid: "Write", Effect: "Allow", Action: write, Resource: [`${arn}:*`] },
    { Sid: "Find", Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: ["*"] }, // knows no narrower resource
  ];
}
