import type { SystemPlan } from "../../model/plan.ts";
import type { ClusterConnection, ImageConnection } from "../platform.ts";
import type { Owner } from "../manifests/metadata.ts";

/** What every local store needs to know about where it is put. */
export interface Site {
  readonly plan: SystemPlan;
  readonly cluster: ClusterConnection;
  readonly image: (name: string) => ImageConnection;
}

/** Owner of the objects of one store, or of the Job that fills it. */
export function storeOwner({ plan, cluster }: Site, name: string, component: "store" | "job" = "store"): Owner {
  return { namespace: cluster.namespace, system: plan.name, name, component, team: plan.owner };
}
