/** Volumes that outlive their pods, and how many pods may mount them. */

import type { Graph } from "../resources/graph.ts";
import type { ClaimSpec } from "../resources/kubernetes.ts";
import type { Workload } from "../resources/pods.ts";
import type { Resource } from "../resources/resource.ts";

export type Claim = Resource<{ readonly spec?: ClaimSpec }>;

/** True when the pods of a Deployment share a claim that only one of them may mount, or one of which nobody here knows. */
export function hasOneWriter(graph: Graph, { kind, pod, namespace }: Workload): boolean {
  if (!kind.startsWith("Deployment")) return false; // a StatefulSet makes a claim for each of its pods
  return (pod.volumes ?? []).some(({ persistentVolumeClaim: mounted }) => {
    const claim = graph.find<Claim["props"]>("PersistentVolumeClaim", namespace, mounted?.claimName ?? "");
    return mounted !== undefined && (claim === undefined || isForOne(claim));
  });
}

/** True for a claim that only one pod, or the pods of one node, may mount. */
export function isForOne({ props }: Claim): boolean {
  const modes = props.spec?.accessModes ?? [];
  return modes.some((mode) => /^ReadWriteOnce(Pod)?$/.test(mode)) && !modes.includes("ReadWriteMany");
}
