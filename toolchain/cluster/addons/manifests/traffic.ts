import { LABEL, MONITORING, NAMESPACE_NAME } from "../../../../model/names.ts";
import type { KubeObject } from "../../control-plane/object-path.ts";
import type { Named } from "./grant.ts";

/** One side of a connection: pods by their labels, or an address block. */
type Peer = Readonly<Record<string, object>>;

/** Connections with some peers, at some ports; a number means TCP, no port at all every one. */
export interface Way {
  readonly peers: readonly Peer[];
  readonly ports: readonly (number | { readonly protocol: "UDP"; readonly port: number })[];
}

/** Pods of a system that answer requests, as the descriptions' components label them. */
export function servicesOf(system: string): Peer {
  return podsOf(system, { [LABEL.component]: "service" });
}

function podsOf(namespace: string, matchLabels: Readonly<Record<string, string>>): Peer {
  return { namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: namespace } }, podSelector: { matchLabels } };
}

/** Pods of every namespace. */
export const EVERY_POD: Peer = { namespaceSelector: {} };
/** Who collects figures, and who asks through the entry whether it answers. */
export const PROMETHEUS = podsOf(MONITORING.namespace, { [LABEL.name]: MONITORING.prometheus });
export const PROBE = podsOf(MONITORING.namespace, { [LABEL.name]: MONITORING.probe });

/** Port on which the pods of the name service listen: a policy sees that of the pod. */
export const DNS_PORT = 5353;
/** Questions for the addresses of names, by either protocol. */
export const DNS_QUESTIONS: Way = {
  peers: [podsOf("kube-system", { "k8s-app": "kube-dns" })],
  ports: [{ protocol: "UDP", port: DNS_PORT }, DNS_PORT],
};

/** One address. */
export function host(address: string): Peer {
  return { ipBlock: { cidr: `${address}/32` } };
}

/** Exactly these connections to and from an add-on's pods, and none of anything else in its namespace. */
export function onlyThese(addon: Named, from: readonly Way[], to: readonly Way[]): KubeObject[] {
  return [
    policy({ name: "deny-all", namespace: addon.namespace }, {}, [], []),
    policy(addon, { matchLabels: { [LABEL.name]: addon.name } }, from, to),
  ];
}

function policy(metadata: Named, podSelector: object, from: readonly Way[], to: readonly Way[]): KubeObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { ...metadata },
    spec: {
      podSelector,
      policyTypes: ["Ingress", "Egress"],
      ingress: from.map(({ peers, ports }) => ({ from: peers, ...portsOf(ports) })),
      egress: to.map(({ peers, ports }) => ({ to: peers, ...portsOf(ports) })),
    },
  };
}

function portsOf(ports: Way["ports"]): object {
  return ports.length === 0 ? {} : { ports: ports.map(asPort) };
}

function asPort(port: Way["ports"][number]): object {
  return typeof port === "number" ? { protocol: "TCP", port } : port;
}
