import { LABEL, MONITORING, NAMESPACE_NAME } from "../../model/names.ts";
import type { Peer } from "../platform.ts";

/** Pods of one name in the same namespace. */
export function podsNamed(...names: readonly string[]): Peer {
  return { podSelector: { matchExpressions: [{ key: LABEL.name, operator: "In", values: [...names] }] } };
}

/** Pods of one name in another namespace. */
export function podsIn(namespace: string, matchLabels: Record<string, string>): Peer {
  return { namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: namespace } }, podSelector: { matchLabels } };
}

/** Blocks that are no third party: private, shared and link-local addresses (RFC 1918, 6598, 3927), the cloud's own metadata among them. */
const INSIDE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"];

/** Every pod of another namespace. */
export function podsInNamespace(namespace: string): Peer {
  return { namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: namespace } } };
}

/** Every address but the link-local ones, among them the cloud's own metadata: an existing store may be anywhere. */
export const EVERYWHERE: Peer = { ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } };

/** Every public address: a NetworkPolicy knows no names, and those of a third party change. */
export const ANYWHERE_OUTSIDE: Peer = { ipBlock: { cidr: "0.0.0.0/0", except: INSIDE } };

/** Whoever collects metrics. */
export const PROMETHEUS: Peer = podsIn(MONITORING.namespace, { [LABEL.name]: MONITORING.prometheus });

/** Who asks through the public entry whether it answers. */
export const PROBE: Peer = podsIn(MONITORING.namespace, { [LABEL.name]: MONITORING.probe });

/** The cluster's name service; every distribution labels it like this. */
export const DNS: Peer = podsIn("kube-system", { "k8s-app": "kube-dns" });
