import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { CustomResourceOptions, Output } from "@pulumi/pulumi";
import type { types } from "@pulumi/kubernetes";
import type { SystemPlan } from "../../model/plan.ts";
import { metadata, type Owner } from "../manifests/metadata.ts";
import { namespace } from "../manifests/namespace.ts";
import { allowDns, denyAll } from "../manifests/network-policy.ts";
import { SERVICE_CIDR } from "./settings.ts";

/** Where the agent of Pod Identity answers on every node; credentials come from there and from nowhere else. */
const POD_IDENTITY_AGENT = "169.254.170.23/32";
const TCP = "TCP";

/** A namespace of its own for one system: restricted pods only, no connection unless allowed. */
export function systemNamespace(plan: SystemPlan, opts: CustomResourceOptions): Output<string> {
  const owner = (of: Owner["namespace"]): Owner => ({ namespace: of, system: plan.name, name: plan.name, component: "network", team: plan.owner });
  const home = new Namespace(plan.name, namespace(owner(plan.name)), opts);
  const inside = owner(home.metadata.name);
  new NetworkPolicy(`${plan.name}-deny`, denyAll(inside), opts);
  new NetworkPolicy(`${plan.name}-dns`, allowDns(inside), opts);
  new NetworkPolicy(`${plan.name}-node`, nodeServices(inside), opts);
  return home.metadata.name;
}

/** Two things EKS puts on the node instead of into pods: the name service of Auto Mode and the agent of Pod Identity. */
function nodeServices(owner: Owner): types.input.networking.v1.NetworkPolicy {
  const dns = ["UDP", TCP].map((protocol) => ({ protocol, port: 53 }));
  return {
    metadata: metadata(owner),
    spec: {
      podSelector: {}, policyTypes: ["Egress"],
      egress: [
        { to: [{ ipBlock: { cidr: SERVICE_CIDR } }], ports: dns },
        { to: [{ ipBlock: { cidr: POD_IDENTITY_AGENT } }], ports: [{ protocol: TCP, port: 80 }] },
      ],
    },
  };
}
