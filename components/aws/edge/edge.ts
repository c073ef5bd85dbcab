import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Listener } from "@pulumi/aws/lb/listener.js";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer.js";
import { getZone, type GetZoneResult } from "@pulumi/aws/route53/getZone.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import * as pulumi from "@pulumi/pulumi";
import { certificate } from "./certificate.ts";
import { firewall } from "./firewall.ts";
import { lookedUp } from "../account/looked-up.ts";
import type { NetworkConnection } from "../network/network.ts";
import type { AwsSettings } from "../account/settings.ts";
import { TYPE } from "../account/type-tokens.ts";

/** Seconds an idle connection from a client is kept; the services keep theirs longer, so that the balancer closes first. */
const IDLE_SECONDS = 60;
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

interface EdgeArgs {
  readonly settings: AwsSettings;
  readonly network: NetworkConnection;
  /** Security group of the pods that requests are handed to, and their port. */
  readonly targets: pulumi.Input<string>;
  readonly port: number;
}

/** The only thing that the internet sees: a load balancer that speaks TLS and sends plain HTTP away to it. */
export class Edge extends pulumi.ComponentResource {
  readonly listenerArn: pulumi.Output<string>;
  readonly balancer: LoadBalancer;
  readonly certificateArn: pulumi.Output<string>;
  readonly zoneId: pulumi.Output<string>;
  readonly domain: string;

  constructor(name: string, { settings, network, targets, port }: EdgeArgs, opts: pulumi.ComponentResourceOptions) {
    super(TYPE.edge, name, { domain: settings.domain }, opts);
    const child = { parent: this };
    const group = publicSecurityGroup(name, { network, targets, port }, child);
    this.zoneId = zone(settings.domain, child).zoneId;
    this.certificateArn =
      settings.certificateArn === null
        ? certificate(name, settings.domain, this.zoneId, child)
        : pulumi.output(settings.certificateArn);

    this.balancer = new LoadBalancer(
      name,
      {
        name,
        loadBalancerType: "application",
        internal: false,
        subnets: [...network.publicSubnetIds],
        securityGroups: [group.id],
        enableDeletionProtection: true,
        dropInvalidHeaderFields: true,
        enableHttp2: true,
        idleTimeout: IDLE_SECONDS,
        desyncMitigationMode: "defensive",
      },
      { ...child, protect: true, dependsOn: [...network.internet] },
    );
    new Listener(
      `${name}-http`,
      {
        loadBalancerArn: this.balancer.arn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
      },
      child,
    );
    const secure = new Listener(
      `${name}-https`,
      {
        loadBalancerArn: this.balancer.arn,
        port: 443,
        protocol: "HTTPS",
        certificateArn: this.certificateArn,
        sslPolicy: TLS_POLICY,
        defaultActions: [
          {
            type: "fixed-response",
            fixedResponse: { contentType: "text/plain", messageBody: "no such system", statusCode: "404" },
          },
        ],
      },
      child,
    );
    if (settings.firewall === "on") firewall(name, this.balancer.arn, child);

    this.listenerArn = secure.arn;
    this.domain = settings.domain;
    this.registerOutputs({ domain: settings.domain });
  }
}

function zone(name: string, opts: pulumi.InvokeOptions): pulumi.Output<GetZoneResult> {
  return lookedUp(getZone({ name }, opts), {
    key: "slipway:domain",
    value: name,
    allowed: "a public zone of Route 53 in this account",
    fix: `aws route53 create-hosted-zone --name ${name} --caller-reference ${name}, with its name servers at the parent; or another domain: pulumi config set slipway:domain <zone> -s prod`,
  });
}

function publicSecurityGroup(
  name: string,
  { network, targets, port }: Pick<EdgeArgs, "network" | "targets" | "port">,
  opts: pulumi.CustomResourceOptions,
): SecurityGroup {
  const group = new SecurityGroup(
    name,
    { name, vpcId: network.vpcId, description: "Public load balancer", tags: { Name: name } },
    opts,
  );
  for (const [open, why] of [
    [80, "redirect to HTTPS"],
    [443, "HTTPS"],
  ] as const) {
    new SecurityGroupIngressRule(
      `${name}-${open}`,
      {
        securityGroupId: group.id,
        cidrIpv4: "0.0.0.0/0",
        ipProtocol: "tcp",
        fromPort: open,
        toPort: open,
        description: why,
      },
      opts,
    );
  }
  const inside = { ipProtocol: "tcp", fromPort: port, toPort: port };
  new SecurityGroupEgressRule(
    `${name}-gateways`,
    {
      securityGroupId: group.id,
      referencedSecurityGroupId: targets,
      ...inside,
      description: "gateways of the systems",
    },
    opts,
  );
  new SecurityGroupIngressRule(
    `${name}-gateways`,
    {
      securityGroupId: targets,
      referencedSecurityGroupId: group.id,
      ...inside,
      description: "requests from the load balancer",
    },
    opts,
  );
  return group;
}
