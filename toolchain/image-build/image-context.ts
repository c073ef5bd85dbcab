import { existsSync } from "node:fs";
import { cp, link, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { type ImageRecipe, rootOf, shippedBundle } from "./image-recipe.ts";
import { SHIPPED } from "../roots/shipped.ts";
import { cacheHome } from "../machine/cache-folders.ts";
import type { Progress } from "../machine/progress.ts";
import { resolve } from "../tools/resolve.ts";
import { type Architecture, ARCHITECTURE } from "../machine/machine.ts";
import type { ToolName } from "../tools/catalogue/tools.ts";

/** Puts together the folder an image is built from, hands it to `work`, and removes it. */
export async function withContext<T>(
  recipe: ImageRecipe,
  progress: Progress,
  work: (folder: string) => Promise<T>,
  architectures: readonly Architecture[] = [ARCHITECTURE],
): Promise<T> {
  return await withWorkFolder(async (folder) => {
    await cp(join(SHIPPED, "toolchain/images", recipe.folder), folder, { recursive: true });
    for (const architecture of architectures) {
      for (const [to, tool] of Object.entries(recipe.tools))
        await place(
          await resolve(tool as ToolName, progress, architecture),
          join(folder, to.replace("{arch}", architecture)),
        );
    }
    if (recipe.bundle !== undefined) await placeBundle(recipe, join(folder, "app", `${recipe.bundle.name}.mjs`));
    return await work(folder);
  });
}

/** The bundler is loaded only where something is bundled: who runs no program on the kit does without it. */
async function placeBundle(recipe: ImageRecipe, file: string): Promise<void> {
  const shipped = shippedBundle(recipe);
  if (shipped !== undefined) {
    await mkdir(dirname(file), { recursive: true });
    return writeFile(file, brotliDecompressSync(await readFile(shipped)));
  }
  const { bundle } = await import("./image-bundle.ts");
  await bundle(rootOf(recipe), recipe.bundle?.entry ?? "", file);
}

/** A fresh folder beside the image storage, gone when `work` ends; those of processes that were killed go too. */
export async function withWorkFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const parent = join(cacheHome(), "images/work");
  await mkdir(parent, { recursive: true });
  const left = (await readdir(parent)).filter((name) => !existsSync(`/proc/${name.split("-")[0]}`));
  await Promise.all(left.map((name) => rm(join(parent, name), { recursive: true, force: true })));
  const folder = await mkdtemp(join(parent, `${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A second name for a large program instead of a second copy, where both lie on one disk. */
async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  if ((await stat(from)).isFile()) await link(from, to).catch(() => cp(from, to));
  else await cp(from, to, { recursive: true });
}
