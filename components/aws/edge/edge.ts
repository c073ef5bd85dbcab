import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer.js";
import { getZone, type GetZoneResult } from "@pulumi/aws/route53/getZone.js";
import * as pulumi from "@pulumi/pulumi";
import { settingsFile } from "../../../model/setting-fix.ts";
import { accessLogs } from "./access-logs.ts";
import { certificate } from "./certificate.ts";
import { firewall } from "./firewall.ts";
import { redirectToTls, tlsListener } from "./listeners.ts";
import { publicSecurityGroup } from "./public-security-group.ts";
import { lookedUp } from "../account/looked-up.ts";
import type { NetworkConnection } from "../network/network.ts";
import { DEFAULTS } from "../../../model/defaults.ts";
import type { AwsSettings } from "../account/settings.ts";
import { TYPE } from "../account/type-tokens.ts";

interface EdgeArgs {
  readonly settings: AwsSettings;
  readonly network: NetworkConnection;
  /** Security group of the pods that requests are handed to, and their port. */
  readonly targets: pulumi.Input<string>;
  readonly port: number;
  /** Seconds until the slowest route of all systems is given up. */
  readonly answerSeconds: number;
}

/** The only thing that the internet sees: a load balancer that speaks TLS and sends plain HTTP away to it. */
export class Edge extends pulumi.ComponentResource {
  readonly listenerArn: pulumi.Output<string>;
  readonly balancer: LoadBalancer;
  readonly certificateArn: pulumi.Output<string>;
  readonly zoneId: pulumi.Output<string>;
  readonly domain: string;
  /** Seconds an idle connection is kept; whoever is behind keeps it longer, so that the balancer closes first. */
  readonly silentSeconds: number;

  constructor(
    name: string,
    { settings, network, targets, port, answerSeconds }: EdgeArgs,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE.edge, name, { domain: settings.domain }, opts);
    const child = { parent: this };
    const group = publicSecurityGroup(name, { vpcId: network.vpcId, targets, port }, child);
    this.zoneId = zone(settings.domain, child).zoneId;
    this.certificateArn =
      settings.certificateArn === null
        ? certificate(name, settings.domain, this.zoneId, child)
        : pulumi.output(settings.certificateArn);

    const { silentSeconds, marginSeconds } = DEFAULTS.gateway;
    this.silentSeconds = Math.max(silentSeconds.value, answerSeconds + marginSeconds.value);
    const logs = accessLogs(name, settings, child);
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
        idleTimeout: this.silentSeconds,
        desyncMitigationMode: "defensive",
        accessLogs: { bucket: logs.bucket, enabled: true },
      },
      { ...child, protect: true, dependsOn: [...network.internet, logs.ready] },
    );
    redirectToTls(name, this.balancer.arn, child);
    const secure = tlsListener(name, this.balancer.arn, this.certificateArn, child);
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
    fix: `aws route53 create-hosted-zone --name ${name} --caller-reference ${name}, with its name servers at the parent; or write a zone of this account as slipway:domain in ${settingsFile(pulumi.getStack())}`,
  });
}
