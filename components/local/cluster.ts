import type { CustomResourceOptions } from "@pulumi/pulumi";
import { Kubernetes, Namespace, NetworkPolicy } from "../kinds.ts";
import type { SystemPlan } from "../../model/plan.ts";
import type { Owner } from "../manifests/metadata.ts";
import { namespace } from "../manifests/namespace.ts";
import { allowDns, denyAll } from "../manifests/network-policy.ts";
import type { ClusterConnection } from "../platform.ts";

/** A cluster that somebody else started: the embedded one, or the user's own. */
export interface LocalCluster {
  /** What tells this cluster from others; another value means other resources. */
  readonly name: string;
  /** Path of the kubeconfig, whose content so stays out of the state; null for the user's own, found as kubectl finds it. */
  readonly kubeconfig: string | null;
  readonly context: string | null;
  readonly storageClass: string | null;
  readonly gatewayClass: string;
  /** Where a client on this machine reaches the gateway, or how to learn it where only the cluster knows. */
  readonly url: string;
}

/** A namespace of its own for one system: restricted pods only, no connection unless allowed. */
export function connectCluster(
  plan: SystemPlan,
  cluster: LocalCluster,
  opts: CustomResourceOptions,
): ClusterConnection {
  const provider = new Kubernetes(
    plan.name,
    {
      clusterIdentifier: cluster.name,
      ...(cluster.kubeconfig === null ? {} : { kubeconfig: cluster.kubeconfig }),
      ...(cluster.context === null ? {} : { context: cluster.context }),
    },
    opts,
  );
  const child = { ...opts, provider };
  const owner = (of: string): Owner => ({
    namespace: of,
    system: plan.name,
    name: plan.name,
    component: "network",
    team: plan.owner,
  });

  const home = new Namespace(plan.name, namespace(owner(plan.name)), child);
  const inside = { ...owner(plan.name), namespace: home.metadata.name };
  new NetworkPolicy(`${plan.name}-deny`, denyAll(inside), child);
  new NetworkPolicy(`${plan.name}-dns`, allowDns(inside), child);
  return { provider, namespace: home.metadata.name, storageClass: cluster.storageClass, egressByName: false };
}
