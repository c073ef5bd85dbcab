import { execFileSync } from "node:child_process";
import { cpus, release, totalmem } from "node:os";
import type { Ground } from "../../experiments/ground.ts";
import { Cluster } from "../../experiments/cluster/cluster.ts";
import type { Circumstances, ItemReport } from "../../experiments/report/report.ts";
import { CHECKLIST } from "../../policies/reporting/checklist.ts";
import { RULES } from "../../policies/rules.ts";
import { projectFolder } from "../project/project-folder.ts";
import { placeOf } from "../stack/place.ts";
import type { StackSettings } from "../stack/stack-settings.ts";

/** Where and of what was proved, as it is when the last experiment has ended. */
export async function circumstances(
  settings: StackSettings,
  ground: Ground,
  startedAt: string,
): Promise<Circumstances> {
  const version = (await ground.api({ method: "GET", path: "/version" })).body as { gitVersion?: string };
  return {
    system: ground.plan.name,
    stack: settings.stack,
    cluster: placeOf(settings) === "embedded" ? settings.cluster : (settings.kubeContext ?? settings.stack),
    startedAt,
    endedAt: new Date().toISOString(),
    commit: commit(),
    machine: {
      processors: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`,
      memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
      kernel: release(),
      node: process.version,
      kubernetes: version.gitVersion ?? "unknown",
    },
    images: await images(ground),
  };
}

/** Every item of the checklist with the rules that hold it. */
export function checklist(): ItemReport[] {
  return CHECKLIST.map(({ number, title }) => ({
    number,
    title,
    rules: RULES.filter(({ items }) => items.includes(number)).map(({ id }) => id),
  }));
}

/** What runs, by the digests that the nodes know where they have them. */
async function images(ground: Ground): Promise<Record<string, string>> {
  const pods = await new Cluster(ground).allPods();
  const of = [...pods].flatMap(([name, [pod]]) => {
    const [status] = pod?.status.containerStatuses ?? [];
    return status === undefined ? [] : [[name, `${status.image} ${status.imageID}`.trim()] as const];
  });
  return Object.fromEntries(of.toSorted(([a], [b]) => a.localeCompare(b)));
}

function commit(): string | null {
  try {
    return execFileSync("git", ["describe", "--always", "--dirty", "--abbrev=12"], {
      cwd: projectFolder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return null; // not a clone
  }
}
