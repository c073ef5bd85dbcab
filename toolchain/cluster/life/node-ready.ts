import { join } from "node:path";
import type { Step } from "../../machine/progress.ts";
import { applyBasics } from "../addons/addons.ts";
import type { ApiClient } from "../control-plane/api-client.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import { conditionHolds } from "../processes/condition.ts";
import { clusterFolders } from "../config/folders.ts";
import { lastLines } from "../processes/last-lines.ts";
import { nodeName } from "../node/node-files.ts";
import { waitUntil } from "../config/wait-until.ts";

interface NodeObject {
  readonly status?: {
    readonly conditions?: readonly { type: string; status: string; lastHeartbeatTime: string; message: string }[];
  };
}

const limitSeconds = 90;

/** Waits until containerd takes images. */
export async function containerdAnswers(config: ClusterConfig): Promise<void> {
  const socket = { kind: "socket", path: join(clusterFolders(config.name).run, "containerd.sock") } as const;
  await waitUntil(
    "containerd does not answer",
    limitSeconds,
    async () => await conditionHolds(socket),
    () => lastLines(config.name, "containerd"),
  );
}

/** Waits for the API server, gives the daemons their rights, and waits until the kubelet reports, after `since`, that the node is ready. */
export async function nodeReady(config: ClusterConfig, api: ApiClient, since: Date, step: Step): Promise<void> {
  step.note("waiting for the API server");
  const alive = async () => (await api.send("GET", "/readyz")) === "ok";
  await waitUntil(
    "the API server is not ready",
    limitSeconds,
    alive,
    (error) => `${error}\n${lastLines(config.name, "kube-apiserver")}`,
  );
  await applyBasics(api);
  step.note("waiting for the node");
  let state = "the kubelet has not registered the node";
  const ready = async () => {
    const node = await api.get<NodeObject>(`/api/v1/nodes/${nodeName(config.name)}`);
    const condition = node?.status?.conditions?.find(({ type }) => type === "Ready");
    if (condition !== undefined) state = condition.message;
    return condition?.status === "True" && isFresh(condition.lastHeartbeatTime, since);
  };
  await waitUntil(
    "the node is not ready",
    limitSeconds,
    ready,
    (error) => `${state} ${error}\n${lastLines(config.name, "kubelet")}`,
  );
}

/** After `down` and `up` the API still holds "Ready" of the last run; only a report of this run counts. */
function isFresh(heartbeat: string, since: Date): boolean {
  const wholeSeconds = Math.floor(since.getTime() / 1000) * 1000; // Kubernetes cuts fractions off
  return Date.parse(heartbeat) >= wholeSeconds;
}
