import { ListenerRule } from "@pulumi/aws/lb/listenerRule.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { Record as DnsRecord } from "@pulumi/aws/route53/record.js";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { CustomResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import type { Owner } from "../../manifests/metadata.ts";
import type { Edge } from "./edge.ts";
import type { NetworkConnection } from "../network/network.ts";
import { gatewayService, targetBinding } from "./gateway-traffic.ts";
import { targetGroup } from "./target-group.ts";

/** What a system's way in needs from what the systems share. */
export interface GatewayPlace {
  readonly plan: SystemPlan;
  readonly edge: Edge;
  readonly network: NetworkConnection;
  /** Namespace of the system: its routes are there. */
  readonly namespace: Input<string>;
  readonly clusterName: Input<string>;
  readonly serviceCidr: Input<string>;
  /** Traefik's image, from our own registry. */
  readonly image: string;
  readonly compute: "auto" | "node-groups";
  /** Order of the rule among those of all systems. */
  readonly priority: number;
}

/** Where clients find the system, and how the load balancer finds its pods. */
export function gatewayAddress(
  owner: Owner,
  place: GatewayPlace,
  aws: CustomResourceOptions,
  inside: CustomResourceOptions,
): { binding: Resource; url: string; hostOf: (name: string) => string } {
  const { plan, edge, network, clusterName } = place;
  const name = `${plan.name}-gateway`;
  const host = `${plan.name}.${edge.domain}`;
  const hostOf = (name: string) => `${name}-${host}`; // one level, or the certificate would not cover it
  const hosts = [
    host,
    ...new Set((plan.entry?.routes ?? []).flatMap(({ host: name }) => (name === null ? [] : [hostOf(name)]))),
  ];
  const target = targetGroup({ system: plan.name, owner: plan.owner, clusterName, vpcId: network.vpcId });
  const targets = new TargetGroup(name, target, aws);
  const rule = forwarding(name, hosts, place, targets.arn, aws);
  const alias = { name: edge.balancer.dnsName, zoneId: edge.balancer.zoneId, evaluateTargetHealth: true };
  for (const [index, named] of hosts.entries())
    new DnsRecord(
      index === 0 ? name : `${name}-${index}`,
      { zoneId: edge.zoneId, name: named, type: "A", aliases: [alias] },
      aws,
    );
  const service = new Service(name, gatewayService(owner), inside);
  const binding = new CustomResource(
    `${name}-targets`,
    targetBinding(owner, service.metadata.name, targets.arn, place),
    { ...inside, dependsOn: rule },
  );
  return { binding, url: `https://${host}`, hostOf };
}

function forwarding(
  name: string,
  hosts: readonly string[],
  { edge, priority }: GatewayPlace,
  targetGroupArn: Output<string>,
  opts: CustomResourceOptions,
): ListenerRule {
  return new ListenerRule(
    name,
    {
      listenerArn: edge.listenerArn,
      priority,
      conditions: [{ hostHeader: { values: [...hosts] } }],
      actions: [{ type: "forward", targetGroupArn }],
    },
    opts,
  );
}
