/** What network policies let through. */

import type { Graph } from "../resources/graph.ts";
import type { IntOrString, Selector } from "../resources/kubernetes.ts";
import { longRunning, type Workload } from "../resources/pods.ts";
import { declaresPort } from "./probes.ts";
import type { Resource } from "../resources/resource.ts";
import { selects } from "../resources/selectors.ts";

export interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr?: string; readonly except?: readonly string[] };
  /** Only in a policy of EKS Auto Mode. */
  readonly domainNames?: readonly string[];
}
export interface PolicyPort {
  readonly protocol?: string;
  readonly port?: IntOrString;
  readonly endPort?: number;
}
export interface PolicyRule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly PolicyPort[];
}
export interface NetworkPolicySpec {
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly PolicyRule[];
  readonly egress?: readonly PolicyRule[];
}
export type NetworkPolicy = Resource<{ readonly spec?: NetworkPolicySpec }>;
export type Direction = "ingress" | "egress";

/** Directions a policy is about; without policyTypes always ingress, and egress when it has such rules: an empty list is none. */
export function directionsOf({ props }: NetworkPolicy): readonly Direction[] {
  const { policyTypes, egress } = props.spec ?? {};
  if (policyTypes) return policyTypes.map((type) => (type.toLowerCase() === "egress" ? "egress" : "ingress"));
  return egress?.length ? ["ingress", "egress"] : ["ingress"];
}

/** Policies that hold for a workload in a direction; without any, everything is let through. */
export function policiesOf(graph: Graph, workload: Workload, direction: Direction): readonly NetworkPolicy[] {
  return graph
    .selecting<NetworkPolicy["props"]>("NetworkPolicy", workload)
    .filter((policy) => directionsOf(policy).includes(direction));
}

/** Ways out by the names of others, as EKS Auto Mode knows them. */
export function namedEgress(graph: Graph, workload: Workload): readonly PolicyRule[] {
  return graph
    .selecting<NetworkPolicy["props"]>("ApplicationNetworkPolicy", workload)
    .flatMap(({ props }) => props.spec?.egress ?? []);
}

/** Somebody on the other side of a connection. */
export interface Party {
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** True when a list of peers admits a party; no list admits everybody. */
export function admits(graph: Graph, peers: readonly Peer[] | undefined, party: Party, home: string): boolean {
  if (!peers || peers.length === 0) return true;
  return peers.some(({ podSelector, namespaceSelector, ipBlock }) => {
    if (ipBlock) return ipBlock.cidr === "0.0.0.0/0" || ipBlock.cidr === "::/0";
    const here = namespaceSelector
      ? selects(namespaceSelector, graph.namespaceLabels(party.namespace))
      : party.namespace === home;
    return here && (!podSelector || (party.labels ? selects(podSelector, party.labels) : true));
  });
}

/** True when a list of ports holds one of the wanted ones; no list holds all. */
export function opens(
  ports: readonly PolicyPort[] | undefined,
  wanted: readonly IntOrString[],
  protocol = "TCP",
): boolean {
  if (!ports || ports.length === 0) return true;
  return ports.some(
    (port) =>
      (port.protocol ?? "TCP") === protocol &&
      (port.port === undefined ||
        wanted.some(
          (one) =>
            String(one) === String(port.port) ||
            (port.endPort !== undefined && Number(one) >= Number(port.port) && Number(one) <= port.endPort),
        )),
  );
}

/** All names and numbers of a port of a workload, since policies may use either. */
export function namesOfPort(workload: Workload, wanted: IntOrString): IntOrString[] {
  const ports = longRunning(workload)
    .filter(({ container }) => declaresPort(container, wanted))
    .flatMap(({ container }) => container.ports ?? []);
  const match = ports.filter(({ name, containerPort }) => name === wanted || String(containerPort) === String(wanted));
  return [
    wanted,
    ...match.flatMap(({ name, containerPort }) => [name, containerPort].filter((one) => one !== undefined)),
  ];
}

/** True when the policies of a workload let a party in on a port of its pods; without policies everybody is let in. */
export function letsIn(
  graph: Graph,
  workload: Workload,
  port: IntOrString,
  admitted: (peers: readonly Peer[] | undefined) => boolean,
): boolean {
  const policies = policiesOf(graph, workload, "ingress");
  const names = namesOfPort(workload, port);
  const rules = policies.flatMap(({ props }) => props.spec?.ingress ?? []);
  return policies.length === 0 || rules.some(({ from, ports }) => opens(ports, names) && admitted(from));
}
