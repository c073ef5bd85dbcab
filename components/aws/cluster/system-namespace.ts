import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import type { Owner } from "../../manifests/metadata.ts";
import { namespace } from "../../manifests/namespace.ts";
import { allowDns, denyAll } from "../../manifests/network-policy.ts";
import { allowNodeServices } from "./node-services.ts";

/** A namespace of its own for one system: restricted pods only, no connection unless allowed. */
export function systemNamespace(
  plan: SystemPlan,
  serviceCidr: Input<string>,
  opts: CustomResourceOptions,
): Output<string> {
  const owner = (of: Owner["namespace"]): Owner => ({
    namespace: of,
    system: plan.name,
    name: plan.name,
    component: "network",
    team: plan.owner,
  });
  const home = new Namespace(plan.name, namespace(owner(plan.name)), opts);
  const inside = owner(home.metadata.name);
  new NetworkPolicy(`${plan.name}-deny`, denyAll(inside), opts);
  new NetworkPolicy(`${plan.name}-dns`, allowDns(inside), opts);
  new NetworkPolicy(`${plan.name}-node`, allowNodeServices(inside, serviceCidr), opts);
  return home.metadata.name;
}
