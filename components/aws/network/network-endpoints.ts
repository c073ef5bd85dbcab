import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";

/** What nodes, brokers and Jobs ask all the time: it neither leaves the network nor pays for the NAT gateway. */
const INTERFACES = ["ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager"] as const;

interface EndpointParts {
  readonly vpcId: Input<string>;
  readonly cidr: string;
  readonly region: string;
  readonly subnetIds: readonly Input<string>[];
  readonly routeTableIds: readonly Input<string>[];
}

/** Ways to S3, ECR, STS, CloudWatch Logs and Secrets Manager inside the network. */
export function endpoints(
  name: string,
  { vpcId, cidr, region, subnetIds, routeTableIds }: EndpointParts,
  opts: CustomResourceOptions,
): void {
  const service = (short: string): string => `com.amazonaws.${region}.${short}`;
  const tags = (short: string): { Name: string } => ({ Name: `${name}-${short}` });
  const group = new SecurityGroup(
    `${name}-endpoints`,
    { vpcId, description: "AWS services from inside the network", tags: tags("endpoints") },
    opts,
  );
  new SecurityGroupIngressRule(
    `${name}-endpoints`,
    {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: cidr,
      description: "HTTPS from the network",
    },
    opts,
  );
  new VpcEndpoint(
    `${name}-s3`,
    {
      vpcId,
      serviceName: service("s3"),
      vpcEndpointType: "Gateway",
      routeTableIds: [...routeTableIds],
      tags: tags("s3"),
    },
    opts,
  );
  for (const short of INTERFACES) {
    new VpcEndpoint(
      `${name}-${short.replace(".", "-")}`,
      {
        vpcId,
        serviceName: service(short),
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: [...subnetIds],
        securityGroupIds: [group.id],
        tags: tags(short),
      },
      opts,
    );
  }
}
