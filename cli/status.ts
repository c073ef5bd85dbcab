import { defineCommand } from "citty";
import { visibleJson } from "../model/harmless/visible.ts";
import { LABEL } from "../model/names.ts";
import { clusterStatus } from "../toolchain/cluster/life/status.ts";
import { diagnose } from "./running/diagnose.ts";
import { getObjects } from "./running/kubectl.ts";
import { placeOf } from "./stack/place.ts";
import { readStackSettings, type StackSettings } from "./stack/stack-settings.ts";
import { print, say } from "./terminal/say.ts";

interface Workload {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly status: { readonly readyReplicas?: number; readonly replicas?: number };
}

/** Ready and wanted replicas of one workload. */
export interface WorkloadStatus {
  readonly system: string;
  readonly name: string;
  readonly ready: number;
  readonly wanted: number;
}

/** Shows whether a stack runs; exit code 1 when something is not ready. */
export const status = defineCommand({
  meta: { name: "status", description: "Show whether a stack runs, and why not" },
  args: {
    stack: { type: "positional", description: "Stack", default: "dev" },
    json: { type: "boolean", description: "For scripts" },
  },
  async run({ args }) {
    const settings = readStackSettings(args.stack);
    const place = placeOf(settings);
    const cluster =
      place === "embedded" ? (await clusterStatus(settings.cluster)).state : (settings.kubeContext ?? place);
    const reachable = place !== "embedded" || cluster === "running";
    const workloads = reachable ? await workloadStatus(settings) : [];
    const ready =
      reachable &&
      workloads.length > 0 &&
      workloads.every((workload) => workload.ready >= workload.wanted && workload.wanted > 0);
    if (args.json)
      print(`${visibleJson({ stack: args.stack, systems: settings.systems, cluster, ready, workloads }, 2)}\n`);
    else await show(settings, cluster, workloads, ready, reachable);
    if (!ready) process.exitCode = 1;
  },
});

async function workloadStatus(settings: StackSettings): Promise<WorkloadStatus[]> {
  const objects = await Promise.all(
    settings.systems.map(async (system) =>
      (await getObjects<Workload>(settings, system, "deployments,statefulsets")).map((found) => ({ ...found, system })),
    ),
  );
  return objects.flat().map(({ system, metadata, status: { readyReplicas = 0, replicas = 0 } }) => ({
    system,
    name: metadata.labels?.[LABEL.name] ?? metadata.name,
    ready: readyReplicas,
    wanted: replicas,
  }));
}

async function show(
  settings: StackSettings,
  cluster: string,
  workloads: readonly WorkloadStatus[],
  ready: boolean,
  reachable: boolean,
): Promise<void> {
  say(`stack ${settings.stack} · systems ${settings.systems.join(", ")} · cluster ${cluster}`);
  for (const { system, name, ready: up, wanted } of workloads) {
    const shown = settings.systems.length > 1 ? `${system}/${name}` : name; // each system has a kafka
    say(`  ${up >= wanted && wanted > 0 ? "✔" : "✘"} ${shown.padEnd(16)} ${up}/${wanted} ready`);
  }
  if (ready) return;
  if (!reachable || workloads.length === 0) say(`Nothing runs. Start it with: npx slipway up ${settings.stack}`);
  else for (const line of await diagnose(settings)) say(line);
}
