import { standardProgress } from "../../machine/progress.ts";
import type { Progress, Step } from "../../machine/progress.ts";
import { missingAddons } from "../addons/addon-ready.ts";
import { applyAddons, loadAddonImages } from "../addons/addons.ts";
import { apiClient } from "../control-plane/api-client.ts";
import { checkHost, requireRoot } from "./check-host.ts";
import { checkOwner } from "./check-owner.ts";
import { planConfig } from "../config/cluster-config.ts";
import type { ClusterConfig, ClusterWishes } from "../config/cluster-config.ts";
import { loadScratchImage } from "../images/cluster-images.ts";
import { clusterParts } from "./cluster-parts.ts";
import type { ClusterParts } from "./cluster-parts.ts";
import { clusterFolders, kubeconfigPath } from "../config/folders.ts";
import { holdCluster } from "./hold-cluster.ts";
import { nodeName, pauseImage } from "../node/node-files.ts";
import { containerdAnswers, nodeReady } from "./node-ready.ts";
import { runningSince, startProcesses } from "./start-processes.ts";
import { waitUntil } from "../config/wait-until.ts";

export interface ClusterUpOptions extends ClusterWishes {
  /** `dev` unless said otherwise. */
  readonly name?: string | undefined;
}

/** Everything about this machine that would keep a cluster from starting, before anything else is done for it. */
export async function checkClusterHost(options: ClusterUpOptions): Promise<void> {
  const config = planConfig(options.name ?? "dev", options);
  checkOwner(config.name);
  await checkHost(config, clusterFolders(config.name));
}

/**
 * Starts the embedded cluster, or finishes, repairs or just confirms it. Returns when pods can be scheduled and the add-ons answer.
 * A second call for the same cluster waits for the first one.
 */
export async function clusterUp(
  options: ClusterUpOptions = {},
  progress: Progress = standardProgress(),
): Promise<ClusterConfig> {
  const { name } = planConfig(options.name ?? "dev", options);
  requireRoot(name);
  return await holdCluster(name, progress, async () => {
    const config = planConfig(name, options); // only now: another start may have recorded more meanwhile
    await checkClusterHost(options);
    const parts = await clusterParts(progress);
    const step = progress.step(`cluster ${config.name}`, 20);
    try {
      await bringUp(config, parts, step);
      step.done(
        `node ${nodeName(config.name)} ready, API on 127.0.0.1:${config.apiPort}, HTTP entry on 127.0.0.1:${config.httpPort}`,
      );
      return config;
    } catch (error) {
      step.failed();
      throw error;
    }
  });
}

async function bringUp(config: ClusterConfig, { binaries, pause, programs }: ClusterParts, step: Step): Promise<void> {
  const { name } = config;
  const since = new Date();
  await startProcesses(config, clusterFolders(name), binaries, step);
  const api = apiClient(kubeconfigPath(name));
  const imported = containerdAnswers(config).then(async () => {
    await loadScratchImage(name, { reference: pauseImage, program: pause, user: "65535:65535" });
    await loadAddonImages(name, programs);
  });
  await Promise.all([imported, nodeReady(config, api, since, step)]);
  step.note("starting the add-ons");
  const addons = await applyAddons(config, clusterFolders(name), programs, api);
  let missing: readonly string[] = [];
  const available = async () => (missing = await missingAddons(addons, runningSince(name), api)).length === 0;
  await waitUntil(
    "the add-ons are not available",
    120,
    available,
    (error) =>
      `Missing: ${missing.join(", ")}. ${error} Look with: kubectl --kubeconfig ${kubeconfigPath(name)} get pods -A`,
  );
}
