import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ImageSource } from "../components/aws/images.ts";
import type { SystemPlan } from "../model/plan.ts";
import { withContext } from "../toolchain/image-context.ts";
import { imageHash } from "../toolchain/image-hash.ts";
import { imageRecipe, projectRoot } from "../toolchain/image-recipe.ts";
import { standardProgress } from "../toolchain/progress.ts";

/** Where build contexts are put together, relative to the project: the same path in every plan. */
const CONTEXTS = ".slipway/contexts";

/** The images of each system. A preview only names them; an update puts together what they are built from. */
export async function imageSources(plans: readonly SystemPlan[]): Promise<(plan: SystemPlan) => readonly ImageSource[]> {
  const names = [...new Set(["job", ...plans.flatMap((plan) => plan.workloads.map(({ name }) => `${plan.name}/${name}`))])];
  const sources = new Map<string, ImageSource>();
  for (const name of names) sources.set(name, await sourceOf(name));
  const found = (name: string): ImageSource[] => [...(sources.has(name) ? [sources.get(name) as ImageSource] : [])];
  // Every system has its own copy of the Job's image: its rights and its life end with the system.
  return (plan) => [...found("job").map((source) => ({ ...source, repository: `${plan.name}/job` })), ...plan.workloads.flatMap(({ name }) => found(`${plan.name}/${name}`))];
}

async function sourceOf(name: string): Promise<ImageSource> {
  const recipe = imageRecipe(name);
  const version = imageHash(recipe);
  const context = `${CONTEXTS}/${name.replaceAll("/", "-")}-${version}`;
  if (!pulumi.runtime.isDryRun()) {
    const target = join(projectRoot, context);
    await mkdir(target, { recursive: true });
    await withContext(recipe, standardProgress(), (folder) => cp(folder, target, { recursive: true }));
  }
  return { name, repository: name, version, context };
}
