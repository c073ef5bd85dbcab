import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { folderOf } from "../toolchain/roots/project.ts";
import type { SystemPlan } from "../model/plan.ts";
import type { FilePlan, WorkloadPlan } from "../model/plan/workload.ts";

/** Most that a ConfigMap takes, all its keys together. */
const MOST_BYTES = 2 ** 20;

/** A plan in which every file beside the description is text. Throws with every one that is missing, too large or no text. */
export function withFiles(plan: SystemPlan, project: string): SystemPlan {
  const faults: string[] = [];
  const read = (service: string, file: FilePlan): FilePlan => {
    if (!("from" in file.content)) return file;
    const { from } = file.content;
    const place = join(folderOf(plan.name), from);
    const path = join(project, place);
    const found = existsSync(path) ? readFileSync(path) : "is not there";
    const fault = typeof found === "string" ? found : faultOf(found);
    if (fault !== undefined) faults.push(`  ${plan.name}/${service}: files ${file.path}: ${place} ${fault}`);
    return { ...file, content: { text: found.toString() } };
  };
  const workloads = plan.workloads.map(
    (workload): WorkloadPlan => ({ ...workload, files: workload.files.map((file) => read(workload.name, file)) }),
  );
  if (faults.length > 0)
    throw new Error(
      [
        "files cannot be laid into containers; nothing was deployed:",
        ...faults,
        "Fix: name a text file of at most 1 MiB beside the description, or put it into the image",
      ].join("\n"),
    );
  return { ...plan, workloads };
}

function faultOf(content: Buffer): string | undefined {
  if (content.length > MOST_BYTES) return `has ${content.length} bytes; a ConfigMap takes ${MOST_BYTES}`;
  const isText = !content.includes(0) && Buffer.from(content.toString("utf8")).equals(content);
  return isText ? undefined : "is no UTF-8 text";
}
