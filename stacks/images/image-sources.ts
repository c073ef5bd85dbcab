import * as pulumi from "@pulumi/pulumi";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { BuiltImage, ImageSource } from "../../components/aws/images/images.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { type ForeignImage, foreignHashes } from "../../toolchain/foreign/foreign-image.ts";
import { withContext } from "../../toolchain/image-build/image-context.ts";
import { imageHash } from "../../toolchain/image-build/image-hash.ts";
import { type ImageRecipe, imageRecipe } from "../../toolchain/image-build/image-recipe.ts";
import type { Architecture } from "../../toolchain/machine/machine.ts";
import { PROJECT } from "../../toolchain/roots/project.ts";
import { standardProgress } from "../../toolchain/machine/progress.ts";
import { CONTEXTS, foreignSourceOf } from "./foreign-sources.ts";
import { foreignImage, programsOf, recipeOf } from "./programs.ts";

/** The images of each system, and those that all of them share. */
export interface Sources {
  readonly of: (plan: SystemPlan) => readonly ImageSource[];
  readonly shared: readonly BuiltImage[];
}

/** What every image is built from, put together unless this is a plan only: nothing is built then, while the real builder looks at every folder in a preview too. */
export async function imageSources(
  plans: readonly SystemPlan[],
  shared: readonly string[],
  platforms: readonly string[],
  planOnly: boolean,
): Promise<Sources> {
  const architectures = platforms.map((platform) => platform.replace("linux/", "") as Architecture);
  const own = new Map<string, BuiltImage>();
  for (const name of new Set(["job", ...shared]))
    own.set(name, await sourceOf(name, imageRecipe(name), architectures, planOnly));
  const sources = new Map<string, ImageSource>();
  const foreign: ForeignImage[] = [];
  for (const program of plans.flatMap(programsOf)) {
    const image = foreignImage(program);
    const recipe = recipeOf(program);
    if (image) foreign.push(image);
    if (recipe) sources.set(program.name, await sourceOf(program.name, recipe, architectures, planOnly));
  }
  const hashes = await foreignHashes(foreign);
  const now = planOnly ? "plan only" : pulumi.runtime.isDryRun() ? "preview" : "update";
  for (const image of foreign)
    sources.set(image.name, await foreignSourceOf(image, hashes.get(image.name) ?? "", { architectures, now }));
  const [job] = found(own, ["job"]);
  return {
    // Every system has its own copy of the Job's image: its rights and its life end with the system.
    of: (plan) => [
      ...(job ? [{ ...job, repository: `${plan.name}/job` }] : []),
      ...found(
        sources,
        programsOf(plan).map(({ name }) => name),
      ),
    ],
    shared: found(own, shared).map((source) => ({ ...source, repository: `monitoring/${source.name}` })),
  };
}

function found<T>(sources: ReadonlyMap<string, T>, names: readonly string[]): T[] {
  return names.flatMap((name) => sources.get(name) ?? []);
}

async function sourceOf(
  name: string,
  recipe: ImageRecipe,
  architectures: readonly Architecture[],
  planOnly: boolean,
): Promise<BuiltImage> {
  const version = imageHash(recipe);
  const context = `${CONTEXTS}/${name.replaceAll("/", "-")}-${version}`;
  if (!planOnly) {
    const target = join(PROJECT, context);
    await mkdir(target, { recursive: true });
    await withContext(recipe, standardProgress(), (folder) => cp(folder, target, { recursive: true }), architectures);
  }
  return { name, repository: name, version, context };
}
