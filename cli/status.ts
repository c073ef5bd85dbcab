import { defineCommand } from "citty";
import type { Broken } from "../experiments/run/broken.ts";
import { visibleJson } from "../model/harmless/visible.ts";
import { MONITORING } from "../model/names.ts";
import { clusterStatus } from "../toolchain/cluster/life/status.ts";
import { brokenLines, brokenRecord } from "./proof/broken-file.ts";
import { diagnose } from "./running/diagnose.ts";
import { type Ringing, ringing } from "./running/ringing.ts";
import { isReady, type WorkloadStatus, workloadsIn } from "./running/workload-status.ts";
import { placeOf } from "./stack/place.ts";
import { readStackSettings, type StackSettings } from "./stack/stack-settings.ts";
import { print, say } from "./terminal/say.ts";

/** What watches the systems, and what it tells people of now; null where nothing watches. */
interface Watching {
  readonly workloads: readonly WorkloadStatus[];
  readonly alerts: readonly Ringing[];
}

/** Shows whether a stack runs, and what rings; exit code 1 when a part of a system is not ready. */
export const status = defineCommand({
  meta: { name: "status", description: "Show whether a stack runs, and why not, and which alerts ring" },
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
    const asked = reachable ? settings.systems : [];
    const workloads = (await Promise.all(asked.map((system) => workloadsIn(settings, system)))).flat();
    const monitoring = reachable ? await watching(settings) : null;
    const ready = workloads.length > 0 && workloads.every(isReady);
    const { stack, systems } = settings;
    const broken = brokenRecord(settings).all();
    if (args.json) print(`${visibleJson({ stack, systems, cluster, ready, workloads, monitoring, broken }, 2)}\n`);
    else await show({ settings, cluster, workloads, monitoring, broken });
    if (!ready) process.exitCode = 1;
  },
});

async function watching(settings: StackSettings): Promise<Watching | null> {
  const workloads = await workloadsIn(settings, MONITORING.namespace);
  if (workloads.length === 0) return null;
  const heard = workloads.some((workload) => workload.name === "alertmanager" && isReady(workload));
  return { workloads, alerts: heard ? await ringing(settings) : [] };
}

interface Found {
  readonly settings: StackSettings;
  readonly cluster: string;
  readonly workloads: readonly WorkloadStatus[];
  readonly monitoring: Watching | null;
  readonly broken: readonly Broken[];
}

async function show({ settings, cluster, workloads, monitoring, broken }: Found): Promise<void> {
  const { stack, systems } = settings;
  say(`stack ${stack} · systems ${systems.join(", ")} · cluster ${cluster}`);
  for (const workload of workloads) {
    const { namespace, name } = workload;
    say(line(workload, systems.length > 1 ? `${namespace}/${name}` : name)); // each system has a kafka
  }
  if (monitoring !== null) showWatching(monitoring);
  if (broken.length > 0) for (const line of brokenLines(settings, broken)) say(line);
  if (workloads.length === 0) return say(`Nothing runs. Start it with: npx slipway up ${stack}`);
  if (!workloads.every(isReady)) for (const told of await diagnose(settings)) say(told);
}

function showWatching({ workloads, alerts }: Watching): void {
  for (const workload of workloads) say(line(workload, `${workload.namespace}/${workload.name}`));
  if (!workloads.every(isReady)) say("Not all of the monitoring is ready: what rings now may not be known.");
  else if (alerts.length === 0) say("No alert rings.");
  for (const { alert, severity, since, summary } of alerts)
    say(`! ${alert} (${severity}, since ${since.slice(0, 16).replace("T", " ")} UTC): ${summary}`);
}

function line(workload: WorkloadStatus, shown: string): string {
  return `  ${isReady(workload) ? "✔" : "✘"} ${shown.padEnd(16)} ${workload.ready}/${workload.wanted} ready`;
}
