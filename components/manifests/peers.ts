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

/** Whoever collects metrics. */
export const PROMETHEUS: Peer = podsIn(MONITORING.namespace, { [LABEL.name]: MONITORING.prometheus });

/** Who asks through the public entry whether it answers. */
export const PROBE: Peer = podsIn(MONITORING.namespace, { [LABEL.name]: MONITORING.probe });

/** The cluster's name service; every distribution labels it like this. */
export const DNS: Peer = podsIn("kube-system", { "k8s-app": "kube-dns" });
