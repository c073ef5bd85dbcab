import type { types } from "@pulumi/kubernetes";
import { metadata, type Owner, selector } from "../manifests/metadata.ts";
import type { Allowed } from "../manifests/network-policy.ts";
import { podsNamed } from "../manifests/peers.ts";
import type { Peer } from "../platform.ts";

type Spec = types.input.networking.v1.NetworkPolicySpec;
type Ingress = types.input.networking.v1.NetworkPolicyIngressRule;
type Egress = types.input.networking.v1.NetworkPolicyEgressRule;
/** A number means TCP. */
type Port = number | { readonly protocol: "UDP"; readonly port: number };

const portsOf = (ports: readonly Port[]) =>
  ports.map((port) => (typeof port === "number" ? { protocol: "TCP", port } : port));

/** Parts of the monitoring that may connect, and to which ports. */
export function from(names: readonly string[], ...ports: readonly Port[]): Ingress {
  return { from: [podsNamed(...names)], ports: portsOf(ports) };
}

/** Who may be connected to, and at which ports; without peers nobody, where Kubernetes would take it for everybody. */
export function to(peers: readonly Peer[], ...ports: readonly Port[]): Egress[] {
  return peers.length === 0 ? [] : [{ to: [...peers], ports: portsOf(ports) }];
}

/** The same for connections that are described with their one port. */
export function toAll(allowed: readonly Allowed[]): Egress[] {
  return allowed.flatMap(({ peers, port }) => to(peers, port));
}

/** Exactly these connections to and from the pods of one part. */
export function traffic(
  owner: Owner,
  ingress: readonly Ingress[],
  egress: readonly Egress[],
): types.input.networking.v1.NetworkPolicy {
  const spec: Spec = {
    podSelector: { matchLabels: selector(owner) },
    policyTypes: ["Ingress", "Egress"],
    ingress: [...ingress],
    egress: [...egress],
  };
  return { metadata: metadata(owner), spec };
}
