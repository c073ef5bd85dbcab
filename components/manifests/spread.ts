import type { types } from "@pulumi/kubernetes";

/** Over how much an outage should not take all pods at once: one machine, one zone. */
const FAILURE_DOMAINS = ["kubernetes.io/hostname", "topology.kubernetes.io/zone"] as const;

/**
 * Pods of one version apart from each other. Counted by version, or the pods that are about to leave would push
 * the new ones together; a wish rather than a must, or one full node would stop a rollout.
 */
export function spread(matchLabels: Record<string, string>): types.input.core.v1.TopologySpreadConstraint[] {
  return FAILURE_DOMAINS.map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
    matchLabelKeys: ["pod-template-hash"],
  }));
}
