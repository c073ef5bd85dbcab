/** Workloads of which a second pod must not run. */

import type { Graph } from "../resources/graph.ts";
import type { Workload } from "../resources/pods.ts";
import { hasOneWriter } from "./claims.ts";
import { workloadAdmits } from "./weaknesses.ts";

/** True where only one pod may mount the volume, or the description says why two would do harm. */
export function mayBeAlone(graph: Graph, workload: Workload): boolean {
  return hasOneWriter(graph, workload) || workloadAdmits(graph, workload, "one");
}
