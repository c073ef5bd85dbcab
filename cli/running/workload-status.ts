import { LABEL } from "../../model/names.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { getObjects } from "./kubectl.ts";

interface Workload {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly status: { readonly readyReplicas?: number; readonly replicas?: number };
}

/** Ready and wanted replicas of one workload. */
export interface WorkloadStatus {
  readonly namespace: string;
  readonly name: string;
  readonly ready: number;
  readonly wanted: number;
}

/** All workloads of a namespace; none where it does not exist. */
export async function workloadsIn(settings: StackSettings, namespace: string): Promise<WorkloadStatus[]> {
  const found = await getObjects<Workload>(settings, namespace, "deployments,statefulsets");
  return found.map(({ metadata, status: { readyReplicas = 0, replicas = 0 } }) => ({
    namespace,
    name: metadata.labels?.[LABEL.name] ?? metadata.name,
    ready: readyReplicas,
    wanted: replicas,
  }));
}

/** True when every replica that is wanted is ready, and one is wanted at all. */
export function isReady({ ready, wanted }: WorkloadStatus): boolean {
  return wanted > 0 && ready >= wanted;
}
