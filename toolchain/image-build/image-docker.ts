import { join } from "node:path";
import { withContext } from "./image-context.ts";
import type { ImageRecipe } from "./image-recipe.ts";
import { findProgram } from "../machine/machine.ts";
import type { Progress, Step } from "../machine/progress.ts";
import { runProgram } from "../machine/run-program.ts";

/** Whether a Docker engine answers; its images then have the official bases the Dockerfiles name. */
export async function dockerAnswers(): Promise<boolean> {
  if (findProgram("docker") === undefined) return false;
  return await runProgram("docker", ["info", "--format", "{{.ServerVersion}}"]).then(
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
    const env = { ...process.env, SOURCE_DATE_EPOCH: "0" };
    await runProgram("docker", ["buildx", "build", "--load", "--provenance=false", "--tag", reference, folder], {
      env,
      onLine: step.raw,
    });
  });
}

/** References the Docker engine holds. */
export async function dockerImages(): Promise<readonly string[]> {
  return (await runProgram("docker", ["images", "--format", "{{.Repository}}:{{.Tag}}"])).split("\n");
}

/** Writes images to one archive in `folder`, as containerd imports them, and returns its path. */
export async function saveFromDocker(references: readonly string[], folder: string): Promise<string> {
  const tar = join(folder, "images.tar");
  await runProgram("docker", ["save", "--output", tar, ...references]);
  return tar;
}
