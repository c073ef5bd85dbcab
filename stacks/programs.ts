import { join } from "node:path";
import type { SystemPlan } from "../model/plan.ts";
import type { SourcePlan } from "../model/plan/program/source.ts";
import type { ForeignSource } from "../toolchain/foreign/foreign-image.ts";
import { projectRoot } from "../toolchain/image-build/image-recipe.ts";

/** A program of a system that has an image of its own. */
export interface Program {
  /** `<system>/<service>`, then perhaps `/migration` or `/` and the name of a second program in the pod: as the platform is asked for it. */
  readonly name: string;
  readonly source: SourcePlan;
  /** Folder of the description, from the project's root. */
  readonly folder: string;
}

/** Every program of a system: its services, workers and jobs, what runs beside them, and migrations that have an image of their own. */
export function programsOf(plan: SystemPlan): Program[] {
  const folder = `systems/${plan.name}`;
  return plan.workloads.flatMap((workload) => {
    const name = `${plan.name}/${workload.name}`;
    const own: Program[] = [{ name, source: workload.source, folder }];
    for (const beside of workload.beside) own.push({ name: `${name}/${beside.name}`, source: beside.source, folder });
    const migration = workload.migration?.source;
    if (migration) own.push({ name: `${name}/migration`, source: migration, folder });
    return own;
  });
}

/** The program as the toolchain takes it; undefined for one on the kit. */
export function foreignImage({ name, source, folder }: Program) {
  const found = foreignSource(source);
  return found && { name, source: found, folder: join(projectRoot, folder) };
}

function foreignSource(source: SourcePlan): ForeignSource | undefined {
  switch (source.kind) {
    case "kit":
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
