import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ImageSource } from "../components/aws/images/images.ts";
import type { SystemPlan } from "../model/plan.ts";
import { withContext } from "../toolchain/image-build/image-context.ts";
import { imageHash } from "../toolchain/image-build/image-hash.ts";
import { imageRecipe, projectRoot } from "../toolchain/image-build/image-recipe.ts";
import type { Architecture } from "../toolchain/machine/machine.ts";
import { standardProgress } from "../toolchain/machine/progress.ts";

/** Where build contexts are put together, relative to the project: the same path in every plan. */
const CONTEXTS = ".slipway/contexts";

/** The images of each system, and those that all of them share. */
export interface Sources {
  readonly of: (plan: SystemPlan) => readonly ImageSource[];
  readonly shared: readonly ImageSource[];
}

/** What every image is built from, put together unless this is a plan only: nothing is built then, while the real builder looks at every folder in a preview too. */
export async function imageSources(
  plans: readonly SystemPlan[],
  shared: readonly string[],
  platforms: readonly string[],
  planOnly: boolean,
): Promise<Sources> {
  const names = [
    ...new Set([
      "job",
      ...shared,
      ...plans.flatMap((plan) => plan.workloads.map(({ name }) => `${plan.name}/${name}`)),
    ]),
  ];
  const architectures = platforms.map((platform) => platform.replace("linux/", "") as Architecture);
  const sources = new Map<string, ImageSource>();
  for (const name of names) sources.set(name, await sourceOf(name, architectures, planOnly));
  const found = (name: string): ImageSource[] => [...(sources.has(name) ? [sources.get(name) as ImageSource] : [])];
  // Every system has its own copy of the Job's image: its rights and its life end with the system.
  const of = (plan: SystemPlan): ImageSource[] => [
    ...found("job").map((source) => ({ ...source, repository: `${plan.name}/job` })),
    ...plan.workloads.flatMap(({ name }) => found(`${plan.name}/${name}`)),
  ];
  return {
    of,
    shared: shared.flatMap(found).map((source) => ({ ...source, repository: `monitoring/${source.name}` })),
  };
}

async function sourceOf(name: string, architectures: readonly Architecture[], planOnly: boolean): Promise<ImageSource> {
  const recipe = imageRecipe(name);
  const version = imageHash(recipe);
  const context = `${CONTEXTS}/${name.replaceAll("/", "-")}-${version}`;
  if (!planOnly) {
    const target = join(projectRoot, context);
    await mkdir(target, { recursive: true });
    await withContext(recipe, standardProgress(), (folder) => cp(folder, target, { recursive: true }), architectures);
  }
  return { name, repository: name, version, context };
}
