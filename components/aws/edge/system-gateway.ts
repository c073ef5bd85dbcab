import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import { ClusterRole } from "@pulumi/kubernetes/rbac/v1/clusterRole.js";
import { ClusterRoleBinding } from "@pulumi/kubernetes/rbac/v1/clusterRoleBinding.js";
import { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import type { CustomResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import { GATEWAY, GATEWAY_PORT } from "../../../model/names.ts";
import type { SystemPlan } from "../../../model/plan.ts";
import { disruptionBudget } from "../../manifests/disruption-budget.ts";
import type { Owner } from "../../manifests/metadata.ts";
import { allowDns, denyAll } from "../../manifests/network-policy.ts";
import { podsIn } from "../../manifests/peers.ts";
import { serviceAccount } from "../../manifests/service-account.ts";
import type { EntryConnection } from "../../platform.ts";
import { allowNodeDns } from "../cluster/node-services.ts";
import { gatewayAddress, type GatewayPlace } from "./gateway-address.ts";
import { gatewayClass, gatewayLabels, gatewayNamespace } from "./gateway-identity.ts";
import { gatewayAutoscaler, gatewayPods } from "./gateway-pods.ts";
import { clusterBinding, clusterRole, routeBinding, routeRole } from "./gateway-rights.ts";
import { gatewayTraffic } from "./gateway-traffic.ts";

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
  const { plan } = place;
  const name = `${plan.name}-gateway`;
  const home = new Namespace(name, gatewayNamespace(plan, place.compute), inside);
  const namespace = home.metadata.name;
  const owner: Owner = { namespace, system: plan.name, name: GATEWAY, component: "gateway", team: plan.owner };
  const definition = new CustomResource(name, gatewayClass(owner), inside);
  const { bindings, url, hostOf } = gatewayAddress(owner, place, aws, inside);
  const pods = runPods(owner, place, bindings, inside);
  const entry: EntryConnection = {
    gatewayClass: definition.metadata.name,
    port: GATEWAY_PORT.web,
    proxies: 1,
    gateways: plan.numbers.minReplicas.critical,
    url,
    ownHost: null,
    hostOf,
    peers: [podsIn(name, gatewayLabels())],
    ready: [definition, pods],
  };
  return { entry, namespace };
}

function runPods(
  owner: Owner,
  place: GatewayPlace,
  bindings: readonly Resource[],
  inside: CustomResourceOptions,
): Resource {
  const name = `${owner.system}-gateway`;
  const { image, network, plan, waits } = place;
  const account = new ServiceAccount(name, serviceAccount(owner), inside);
  grantReading(name, owner, place.namespace, account.metadata.name, inside);
  const rules = [
    new NetworkPolicy(`${name}-deny`, denyAll(owner), inside),
    new NetworkPolicy(`${name}-dns`, allowDns(owner), inside),
    new NetworkPolicy(`${name}-node`, allowNodeDns(owner, place.serviceCidr), inside),
    new NetworkPolicy(
      name,
      gatewayTraffic(owner, network, { serviceCidr: place.serviceCidr, ports: entryPorts(plan) }),
      inside,
    ),
  ];
  const pods = new Deployment(
    name,
    gatewayPods(owner, { image, waits, trusted: network.publicCidrs, serviceAccount: account.metadata.name }),
    { ...inside, dependsOn: [...rules, ...bindings] },
  );
  const floor = plan.numbers.minReplicas.critical;
  new HorizontalPodAutoscaler(name, gatewayAutoscaler(owner, pods.metadata.name, floor), inside);
  new PodDisruptionBudget(name, disruptionBudget(owner), inside);
  return pods;
}

/** Ports of pods that the entry reaches: where public routes lead, and who is asked about callers. */
function entryPorts({ workloads }: SystemPlan): number[] {
  return [...new Set(workloads.flatMap(({ network }) => network.fromEntry))];
}

/** Traefik serves nothing before it may read all that it watches; the pods wait for that by themselves. */
function grantReading(
  name: string,
  owner: Owner,
  namespace: Input<string>,
  account: Input<string>,
  opts: CustomResourceOptions,
): void {
  const all = new ClusterRole(name, clusterRole(owner), opts);
  new ClusterRoleBinding(name, clusterBinding(owner, all.metadata.name, account), opts);
  const here = new Role(name, routeRole(owner, namespace), opts);
  new RoleBinding(name, routeBinding(owner, namespace, here.metadata.name, account), opts);
}
