import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import { allowIn } from "./allow-in.ts";
import { bucketPolicy, servicePolicy } from "./endpoint-policies.ts";
import type { AwsSettings } from "../account/settings.ts";

/** What nodes, brokers and Jobs ask all the time: it neither leaves the network nor pays for the NAT gateway. */
const INTERFACES = ["ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager"] as const;

interface EndpointParts {
  readonly vpcId: Input<string>;
  readonly cidr: string;
  readonly account: Pick<AwsSettings, "accountId" | "region">;
  readonly subnetIds: readonly Input<string>[];
  readonly routeTableIds: readonly Input<string>[];
}

/** Ways to S3, ECR, STS, CloudWatch Logs and Secrets Manager inside the network. */
export function endpoints(name: string, parts: EndpointParts, opts: CustomResourceOptions): void {
  const { vpcId, account, subnetIds, routeTableIds } = parts;
  const group = fromTheNetwork(name, parts, opts);
  const common = (short: string) => ({
    vpcId,
    serviceName: `com.amazonaws.${account.region}.${short}`,
    tags: { Name: `${name}-${short}` },
  });
  new VpcEndpoint(
    `${name}-s3`,
    {
      ...common("s3"),
      vpcEndpointType: "Gateway",
      policy: bucketPolicy(account),
      routeTableIds: [...routeTableIds],
    },
    opts,
  );
  for (const short of INTERFACES)
    new VpcEndpoint(
      `${name}-${short.replace(".", "-")}`,
      {
        ...common(short),
        vpcEndpointType: "Interface",
        policy: servicePolicy(short, account),
        privateDnsEnabled: true,
        subnetIds: [...subnetIds],
        securityGroupIds: [group.id],
      },
      opts,
    );
}

function fromTheNetwork(name: string, { vpcId, cidr }: EndpointParts, opts: CustomResourceOptions): SecurityGroup {
  const own = `${name}-endpoints`;
  const description = "AWS services from inside the network";
  const group = new SecurityGroup(own, { vpcId, description, tags: { Name: own } }, opts);
  const from = { cidrIpv4: cidr };
  allowIn(own, { securityGroupId: group.id, from, port: 443, description: "HTTPS from the network" }, opts);
  return group;
}
