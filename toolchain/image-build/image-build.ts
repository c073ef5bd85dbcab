import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { buildah } from "./image-buildah.ts";
import { withContext, withWorkFolder } from "./image-context.ts";
import { debianSources } from "./debian-sources.ts";
import { debianArguments, debianRecipe } from "./image-debian.ts";
import { baseHash } from "./image-hash.ts";
import { nodePackage } from "./node-package.ts";
import type { ImageRecipe } from "./image-recipe.ts";
import { receiveImage } from "./image-layout.ts";
import { ImageStore } from "./image-store.ts";
import { ARCHITECTURE } from "../machine/machine.ts";
import type { Progress, Step } from "../machine/progress.ts";
import { SHIPPED } from "../roots/shipped.ts";
import { resolve } from "../tools/resolve.ts";
import { runProgram } from "../machine/run-program.ts";
import { withoutCredentials } from "../machine/without-credentials.ts";

/** Images are the same whenever they are built: every time stamp is the epoch. */
const build = ["build", "--quiet", "--layers", "--timestamp", "0", "--pull-never"];

/** Builds an image from its ordinary Dockerfile, on a base made from package registries, into the store. */
export async function buildWithoutDocker(
  recipe: ImageRecipe,
  reference: string,
  progress: Progress,
  step: Step,
): Promise<void> {
  const store = new ImageStore();
  if (store.find(reference) !== undefined) return;
  const base = await ensureBase(recipe.base, progress);
  await withContext(recipe, progress, async (folder) => {
    await buildah(
      [
        ...build,
        "--build-arg",
        `BASE=${base}`,
        "--build-arg",
        `TARGETARCH=${ARCHITECTURE}`,
        "--tag",
        reference,
        folder,
      ],
      step,
    );
  });
  const pushed = await withWorkFolder((folder) =>
    receiveImage(store, folder, (layout) => buildah(["push", "--quiet", reference, `oci:${layout}`], step)),
  );
  store.keep(reference, pushed);
  const old = store.prune(reference.slice(0, reference.lastIndexOf(":")));
  if (old.length > 0) await buildah(["rmi", ...old]).catch(() => undefined); // another version may still build on it
}

/** References in the builder's own storage. */
async function builtImages(): Promise<readonly string[]> {
  return (await buildah(["images", "--filter", "dangling=false", "--format", "{{.Name}}:{{.Tag}}"])).split("\n");
}

/** Reference of a base in the builder's storage, made there when it is missing. */
export async function ensureBase(base: ImageRecipe["base"], progress: Progress): Promise<string> {
  if (base === "scratch") return base;
  const reference = `slipway.local/${base}:${baseHash(base)}`;
  if ((await builtImages()).includes(reference)) return reference;
  const expected = base === "base-debian" ? 35 : 3;
  const below = base === "base-node" ? await ensureBase("base-debian", progress) : "scratch";
  const step = progress.step(`Base image ${base}`, expected);
  try {
    await withWorkFolder(async (folder) => {
      await copyFile(join(SHIPPED, "toolchain/images", base, "Dockerfile"), join(folder, "Dockerfile"));
      if (base === "base-debian") await debianFiles(join(folder, "rootfs.tar"), progress, step);
      else await copyFile(join(await nodePackage(), "bin/node"), join(folder, "node"));
      await buildah([...build, "--build-arg", `BASE=${below}`, "--tag", reference, folder], step);
    });
  } catch (error) {
    step.failed();
    throw error;
  }
  step.done();
  return reference;
}

async function debianFiles(tar: string, progress: Progress, step: Step): Promise<void> {
  const program = await resolve("mmdebstrap", progress);
  step.note("Debian packages");
  // It starts its own second program by name, and stamps every file with this time.
  const env = {
    ...withoutCredentials(),
    PATH: `${join(program, "..")}:${process.env["PATH"] ?? ""}`,
    SOURCE_DATE_EPOCH: "0",
  };
  await runProgram(program, debianArguments(tar, await debianSources(debianRecipe.suite)), { env, onLine: step.raw });
}
