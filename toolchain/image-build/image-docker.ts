import { join } from "node:path";
import { withContext } from "./image-context.ts";
import type { ImageRecipe } from "./image-recipe.ts";
import { findProgram } from "../machine/machine.ts";
import type { Progress, Step } from "../machine/progress.ts";
import { type RunOptions, runProgram } from "../machine/run-program.ts";

/** Whether a Docker engine answers; its images then have the official bases the Dockerfiles name. */
export async function dockerAnswers(): Promise<boolean> {
  if (findProgram("docker") === undefined) return false;
  return await docker(["info", "--format", "{{.ServerVersion}}"]).then(
    () => true,
    () => false,
  );
}

/** Builds the same Dockerfile on Docker, on the official base pinned in it. */
export async function buildWithDocker(
  recipe: ImageRecipe,
  reference: string,
  progress: Progress,
  step: Step,
): Promise<void> {
  await withContext(recipe, progress, async (folder) => {
    const build = ["buildx", "build", "--load", "--provenance=false", "--tag", reference, folder];
    await docker(build, { env: { ...process.env, SOURCE_DATE_EPOCH: "0" }, onLine: step.raw });
  });
}

/** References the Docker engine holds. */
export async function dockerImages(): Promise<readonly string[]> {
  return (await docker(["images", "--format", "{{.Repository}}:{{.Tag}}"])).split("\n");
}

/** Writes images to one archive in `folder`, as containerd imports them, and returns its path. */
export async function saveFromDocker(references: readonly string[], folder: string): Promise<string> {
  const tar = join(folder, "images.tar");
  await docker(["save", "--output", tar, ...references]);
  return tar;
}

/** Pushes an image to the user's own registry, signed in as `docker login` left it. */
export async function pushFromDocker(reference: string): Promise<void> {
  await docker(["push", reference]);
}

/** The user's own client, which finds engine and registries by what their shell says. */
export async function docker(args: readonly string[], options: RunOptions = {}): Promise<string> {
  return await runProgram("docker", args, { env: process.env, ...options });
}
