import type { types } from "@pulumi/kubernetes";
import { metadata, type Owner, selector } from "./metadata.ts";

/**
 * One pod at a time may be taken on purpose. Said as "one away" instead of "n stay", so it never forbids a drain
 * at the floor; a pod that is broken anyway may always be taken.
 */
export function disruptionBudget(owner: Owner): types.input.policy.v1.PodDisruptionBudget {
  return {
    metadata: metadata(owner),
    spec: { maxUnavailable: 1, selector: { matchLabels: selector(owner) }, unhealthyPodEvictionPolicy: "AlwaysAllow" },
  };
}
