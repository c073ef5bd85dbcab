import { ListenerRule } from "@pulumi/aws/lb/listenerRule.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { Record as DnsRecord } from "@pulumi/aws/route53/record.js";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import { ClusterRole } from "@pulumi/kubernetes/rbac/v1/clusterRole.js";
import { ClusterRoleBinding } from "@pulumi/kubernetes/rbac/v1/clusterRoleBinding.js";
import type { CustomResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import { disruptionBudget } from "../../manifests/disruption-budget.ts";
import { allowDns, denyAll } from "../../manifests/network-policy.ts";
import { podsIn } from "../../manifests/peers.ts";
import { serviceAccount } from "../../manifests/service-account.ts";
import type { EntryConnection } from "../../platform.ts";
import type { Edge } from "./edge.ts";
import type { NetworkConnection } from "../network/network.ts";
import { allowNodeDns } from "../cluster/node-services.ts";
import * as manifest from "./system-gateway-manifests.ts";
import { targetGroup } from "./target-group.ts";

/** What a system's way in needs from what the systems share. */
export interface GatewayPlace {
  readonly plan: SystemPlan;
  readonly edge: Edge;
  readonly network: NetworkConnection;
  readonly clusterName: Input<string>;
  readonly serviceCidr: Input<string>;
  /** Traefik's image, from our own registry. */
  readonly image: string;
  readonly compute: "auto" | "node-groups";
  /** Order of the rule among those of all systems. */
  readonly priority: number;
}

/** A system's way in, and where its pods are. */
export interface SystemGateway {
  readonly entry: EntryConnection;
  readonly namespace: Output<string>;
}

/**
 * The way in to one system: its name in DNS, its rule at the load balancer and gateway pods of its own, so that two
 * systems may have the same paths and one that is flooded takes no other with it.
 */
export function systemGateway(
  place: GatewayPlace,
  aws: CustomResourceOptions,
  inside: CustomResourceOptions,
): SystemGateway {
  const { plan, network } = place;
  const name = `${plan.name}-gateway`;
  const home = new Namespace(name, manifest.gatewayNamespace(plan, place.compute), inside);
  const owner = {
    namespace: home.metadata.name,
    system: plan.name,
    name: manifest.GATEWAY,
    component: "gateway",
    team: plan.owner,
  } as const;
  const account = new ServiceAccount(name, serviceAccount(owner), inside);
  const role = new ClusterRole(name, manifest.role(owner), inside);
  new ClusterRoleBinding(name, manifest.roleBinding(owner, role.metadata.name, account.metadata.name), inside);
  const rules = [
    new NetworkPolicy(`${name}-deny`, denyAll(owner), inside),
    new NetworkPolicy(`${name}-dns`, allowDns(owner), inside),
    new NetworkPolicy(`${name}-node`, allowNodeDns(owner, place.serviceCidr), inside),
    new NetworkPolicy(name, manifest.gatewayTraffic(owner, network.cidr, place.serviceCidr), inside),
  ];
  const gatewayClass = new CustomResource(name, manifest.gatewayClass(owner), inside);
  const { binding, url } = address(place, home.metadata.name, aws, inside);
  const pods = new Deployment(
    name,
    manifest.gatewayPods(owner, { image: place.image, trusted: network.cidr, serviceAccount: account.metadata.name }),
    { ...inside, dependsOn: [...rules, binding] },
  );
  new HorizontalPodAutoscaler(
    name,
    manifest.gatewayAutoscaler(owner, pods.metadata.name, plan.numbers.minReplicas.critical),
    inside,
  );
  new PodDisruptionBudget(name, disruptionBudget(owner), inside);
  const entry = {
    gatewayClass: gatewayClass.metadata.name,
    port: manifest.GATEWAY_PORT,
    proxies: 1,
    url,
    peers: [podsIn(name, manifest.gatewayLabels())],
    ready: [gatewayClass, pods],
  };
  return { entry, namespace: home.metadata.name };
}

/** Where clients find the system, and how the load balancer finds its pods. */
function address(
  place: GatewayPlace,
  namespace: Output<string>,
  aws: CustomResourceOptions,
  inside: CustomResourceOptions,
): { binding: Resource; url: Input<string> } {
  const { plan, edge, network, clusterName } = place;
  const name = `${plan.name}-gateway`;
  const host = `${plan.name}.${edge.domain}`;
  const targets = new TargetGroup(
    name,
    targetGroup({ system: plan.name, owner: plan.owner, clusterName, vpcId: network.vpcId }),
    aws,
  );
  const rule = new ListenerRule(
    name,
    {
      listenerArn: edge.listenerArn,
      priority: place.priority,
      conditions: [{ hostHeader: { values: [host] } }],
      actions: [{ type: "forward", targetGroupArn: targets.arn }],
    },
    aws,
  );
  new DnsRecord(
    name,
    {
      zoneId: edge.zoneId,
      name: host,
      type: "A",
      aliases: [{ name: edge.balancer.dnsName, zoneId: edge.balancer.zoneId, evaluateTargetHealth: true }],
    },
    aws,
  );
  const owner = {
    namespace,
    system: plan.name,
    name: manifest.GATEWAY,
    component: "gateway",
    team: plan.owner,
  } as const;
  const service = new Service(name, manifest.gatewayService(owner), inside);
  const binding = new CustomResource(
    `${name}-targets`,
    manifest.targetBinding(owner, service.metadata.name, targets.arn, place),
    { ...inside, dependsOn: rule },
  );
  return { binding, url: `https://${host}` };
}
