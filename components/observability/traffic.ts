import type { types } from "@pulumi/kubernetes";
import { metadata, type Owner, selector } from "../manifests/metadata.ts";
import { podsNamed } from "../manifests/peers.ts";

type Spec = types.input.networking.v1.NetworkPolicySpec;
type Port = types.input.networking.v1.NetworkPolicyPort;

/** Mail servers, chats, pagers, brokers and pods of every system are anywhere. */
export const ANYWHERE = [{}] as const;

/** Parts of the monitoring that may connect, and where to. */
export function from(names: readonly string[], ...ports: readonly (number | Port)[]) {
  return {
    from: [podsNamed(...names)],
    ports: ports.map((port) => (typeof port === "number" ? { protocol: "TCP", port } : port)),
  };
}

/** Exactly these connections to and from the pods of one part. */
export function traffic(
  owner: Owner,
  ingress: readonly ReturnType<typeof from>[],
  egress: readonly object[],
): types.input.networking.v1.NetworkPolicy {
  const spec: Spec = {
    podSelector: { matchLabels: selector(owner) },
    policyTypes: ["Ingress", "Egress"],
    ingress: [...ingress],
    egress: [...egress],
  };
  return { metadata: metadata(owner), spec };
}
