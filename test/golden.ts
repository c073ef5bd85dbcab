import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { System as SystemComponent } from "../components/system.ts";
import { planSystem, type SystemPlan } from "../model/plan.ts";
import type { FilePlan } from "../model/plan/workload.ts";
import { STAGES, type Stage } from "../model/stage.ts";
import type { System } from "../model/system.ts";
import { systems } from "../systems/index.ts";
import { awsAnswers } from "./aws-answers.ts";
import { GOLDEN_PLATFORM } from "./golden-platform.ts";
import { recordResources, type Recorded } from "./record-resources.ts";

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "golden");

/** One golden: a system as it is registered for one stage. */
export interface Golden {
  readonly system: System;
  readonly stage: Stage;
  readonly file: string;
}

/** Every golden there must be. */
export const goldens: readonly Golden[] = systems.flatMap((system) =>
  STAGES.map((stage) => ({ system, stage, file: join(FOLDER, `${system.name}.${stage}.yaml`) })),
);

/** The plan of a system, with a text for each file that only a project has. */
export function planned(system: System, stage: Stage): SystemPlan {
  const plan = planSystem(system, stage);
  const laid = ({ path, content }: FilePlan): FilePlan => ({
    path,
    content: "from" in content ? { text: `what ${content.from} holds` } : content,
  });
  return { ...plan, workloads: plan.workloads.map((workload) => ({ ...workload, files: workload.files.map(laid) })) };
}

/** Every resource one system registers on one stage, in a stable order. */
export async function registered({ system, stage }: Pick<Golden, "system" | "stage">): Promise<Recorded[]> {
  return recordResources(
    stage,
    (parent) => {
      const plan = planned(system, stage);
      const platform = GOLDEN_PLATFORM[stage](plan, parent);
      new SystemComponent(plan.name, { plan, platform }, { parent });
    },
    awsAnswers,
  );
}

/** The same as YAML, one document a resource. */
export async function goldenText(golden: Golden): Promise<string> {
  const resources = await registered(golden);
  return resources
    .map(
      ({ type, name, parent, protect, dependsOn, inputs }) =>
        `---\n${stringify({ type, name, parent, protect, dependsOn, inputs }, { lineWidth: 0, aliasDuplicateObjects: false, version: "1.1" })}`,
    )
    .join("");
}

/** What is committed; empty where nothing is yet. */
export function committedText({ file }: Golden): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
