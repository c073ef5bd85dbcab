import type { types } from "@pulumi/kubernetes";
import type { Peer } from "../platform.ts";
import { metadata, type Owner, selector } from "./metadata.ts";
import { DNS } from "./peers.ts";

type NetworkPolicy = types.input.networking.v1.NetworkPolicy;

/** One permission: these peers, this TCP port. */
export interface Allowed {
  readonly peers: readonly Peer[];
  readonly port: number;
}

/** Nothing may come in or go out unless another policy of the namespace says so. */
export function denyAll(owner: Owner): NetworkPolicy {
  return { metadata: metadata(owner), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } };
}

/** A policy sees the port of the pod: name servers that may not bind 53 listen on 5353, here as on OpenShift. */
const DNS_PORTS = [53, 5353];

/** Every pod may ask for addresses. */
export function allowDns(owner: Owner): NetworkPolicy {
  const ports = DNS_PORTS.flatMap((port) => ["UDP", "TCP"].map((protocol) => ({ protocol, port })));
  return {
    metadata: metadata(owner),
    spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [DNS], ports }] },
  };
}

/** Exactly these connections to and from the pods of one owner. */
export function allow(owner: Owner, ingress: readonly Allowed[], egress: readonly Allowed[]): NetworkPolicy {
  return {
    metadata: metadata(owner),
    spec: {
      podSelector: { matchLabels: selector(owner) },
      policyTypes: ["Ingress", "Egress"],
      ingress: present(ingress).map(({ peers, port }) => ({ from: [...peers], ports: [tcp(port)] })),
      egress: present(egress).map(({ peers, port }) => ({ to: [...peers], ports: [tcp(port)] })),
    },
  };
}

/** A rule without peers would mean everybody, not nobody. */
function present(rules: readonly Allowed[]): Allowed[] {
  return rules.filter(({ peers }) => peers.length > 0);
}

function tcp(port: number): types.input.networking.v1.NetworkPolicyPort {
  return { protocol: "TCP", port };
}
