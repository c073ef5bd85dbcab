import { join } from "node:path";
import type { SystemPlan } from "../../model/plan.ts";
import type { SourcePlan } from "../../model/plan/program/source.ts";
import type { Use } from "../../toolchain/foreign/image/image-faults.ts";
import type { WorkloadPlan } from "../../model/plan/workload.ts";
import { USER_ID } from "../../components/manifests/security.ts";
import type { ForeignImage, ForeignSource } from "../../toolchain/foreign/foreign-image.ts";
import { type ImageRecipe, imageRecipe, kitRecipe } from "../../toolchain/image-build/image-recipe.ts";
import { folderOf, PROJECT } from "../../toolchain/roots/project.ts";

/** A program of a system that has an image of its own. */
export interface Program {
  /** `<system>/<service>`, then perhaps `/migration` or `/` and the name of a second program in the pod: as the platform is asked for it. */
  readonly name: string;
  readonly source: SourcePlan;
  /** Folder of the description, from the project's. */
  readonly folder: string;
  /** What a pod does with its image. */
  readonly use: Use;
}

/** Every program of a system: its services, workers and jobs, what runs beside them, and migrations that have an image of their own. */
export function programsOf(plan: SystemPlan): Program[] {
  const folder = folderOf(plan.name);
  return plan.workloads.flatMap((workload) => {
    const name = `${plan.name}/${workload.name}`;
    const { beside, migration } = workload;
    const use = { user: workload.user ?? USER_ID, run: null, commands: [] };
    return [
      { name, source: workload.source, folder, use: { ...use, run: workload.run, commands: commandsOf(workload) } },
      ...beside.map(({ name: second, source, run }) => ({
        ...{ name: `${name}/${second}`, source, folder },
        use: { ...use, run },
      })),
      ...(migration === null || migration.source === null
        ? []
        : [{ name: `${name}/migration`, source: migration.source, folder, use: { ...use, run: migration.run } }]),
    ];
  });
}

/** What runs in the image beside its program. */
function commandsOf({ probes, migration }: WorkloadPlan): Use["commands"] {
  const health = probes?.readiness;
  return [
    ...(health && "command" in health ? [{ what: '"health"', command: health.command }] : []),
    ...(migration && migration.source === null ? [{ what: '"migration"', command: migration.run }] : []),
  ];
}

/** How a program on the kit is built; undefined for any other. */
export function recipeOf({ source, folder }: Program): ImageRecipe | undefined {
  if (source.kind === "kit") return kitRecipe(join(folder, source.file));
  return source.kind === "shipped" ? imageRecipe(source.image) : undefined;
}

/** The program as the toolchain takes it; undefined for one on the kit. */
export function foreignImage({ name, source, folder, use }: Program): ForeignImage | undefined {
  const found = foreignSource(source);
  return found && { name, source: found, folder: join(PROJECT, folder), use };
}

function foreignSource(source: SourcePlan): ForeignSource | undefined {
  switch (source.kind) {
    case "kit":
    case "shipped":
      return undefined;
    case "image":
      return { image: source.reference };
    case "make":
      return { make: source.command, watches: source.watches };
    case "build": {
      const { context: build, dockerfile, target, args } = source;
      return { build, dockerfile, args, ...(target !== null && { target }) };
    }
  }
}
