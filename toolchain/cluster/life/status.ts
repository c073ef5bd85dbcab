import { apiClient } from "../control-plane/api-client.ts";
import { foreignState } from "./check-owner.ts";
import { checkName, planConfig, readConfig } from "../config/cluster-config.ts";
import { kubeconfigPath } from "../config/folders.ts";
import { nodeName } from "../node/node-files.ts";
import { readPlan, readRecord } from "../processes/process-record.ts";
import { supervisorPid } from "../processes/start-supervisor.ts";
import { survivors } from "../processes/survivors.ts";

export interface ProcessStatus {
  readonly name: string;
  /** Undefined while it is not running. */
  readonly pid: number | undefined;
  readonly restarts: number;
  readonly startedAt: string | undefined;
}

export interface ClusterStatus {
  readonly name: string;
  /** `degraded`: something runs, but not everything; `slipway cluster up` mends it. */
  readonly state: "absent" | "stopped" | "degraded" | "running";
  readonly apiPort: number;
  readonly httpPort: number;
  readonly kubeconfig: string;
  readonly supervisor: number | undefined;
  readonly nodeReady: boolean;
  readonly processes: readonly ProcessStatus[];
}

/** What of a cluster is there and what runs. */
export async function clusterStatus(name: string): Promise<ClusterStatus> {
  checkName(name);
  const { apiPort, httpPort } = planConfig(name, {});
  const kubeconfig = kubeconfigPath(name);
  const idle = readConfig(name) === undefined ? "absent" : "stopped";
  if (foreignState(name) !== undefined)
    return { name, state: idle, apiPort, httpPort, kubeconfig, supervisor: undefined, nodeReady: false, processes: [] };
  const processes = (readPlan(name)?.processes ?? []).map((spec) => processStatus(name, spec.name));
  const supervisor = supervisorPid(name);
  const nodeReady = processes.length > 0 && (await isNodeReady(name));
  const anything = supervisor !== undefined || survivors(name).length > 0;
  const complete = supervisor !== undefined && nodeReady && processes.every(({ pid }) => pid !== undefined);
  const state = complete ? "running" : anything ? "degraded" : idle;
  return { name, state, apiPort, httpPort, kubeconfig, supervisor, nodeReady, processes };
}

function processStatus(cluster: string, name: string): ProcessStatus {
  const record = readRecord(cluster, name);
  return { name, pid: record?.pid, restarts: record?.restarts ?? 0, startedAt: record?.startedAt };
}

async function isNodeReady(name: string): Promise<boolean> {
  try {
    const node = await apiClient(kubeconfigPath(name)).get<{
      status?: { conditions?: { type: string; status: string }[] };
    }>(`/api/v1/nodes/${nodeName(name)}`);
    return node?.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false;
  } catch {
    return false; // the API server does not answer
  }
}
