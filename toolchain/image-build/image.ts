import { type ForeignImage, foreignHash, provideForeign } from "../foreign/foreign-image.ts";
import { requireUsable, type Used } from "../foreign/image/require-usable.ts";
import { archiveImages } from "./image-archive.ts";
import { buildah } from "./image-buildah.ts";
import { buildWithoutDocker } from "./image-build.ts";
import { clusterHas, clusterImages, importArchive } from "../cluster/images/image-cluster.ts";
import { withWorkFolder } from "./image-context.ts";
import { buildWithDocker, dockerAnswers, dockerImages, pushFromDocker, saveFromDocker } from "./image-docker.ts";
import { imageHash } from "./image-hash.ts";
import { type ImageRecipe, imageRecipe } from "./image-recipe.ts";
import { ImageStore } from "./image-store.ts";
import { pushStored } from "./push-stored.ts";
import { cacheLock } from "../machine/cache-folders.ts";
import { withLock } from "../machine/lock.ts";
import { standardProgress } from "../machine/progress.ts";
import type { Progress, Step } from "../machine/progress.ts";

/** Registry name of images that are never pulled, only imported. */
export const LOCAL = "slipway.local";

/**
 * Reference of an image by its name: `kafka`, `mariadb`, `job` …, or `<system>/<service>`. The tag is the hash of
 * everything that goes into the image; nothing is built, so previews may ask.
 */
export function imageReference(name: string, registry = LOCAL, recipe = imageRecipe(name)): string {
  return `${registry}/${name}:${imageHash(recipe)}`;
}

/** What images of programs are made from, by their references; the others are recipes of our own, found by their names. */
export type Programs = ReadonlyMap<string, ForeignImage | ImageRecipe>;

/** Builds what is missing and imports it into an embedded cluster. Nothing missing costs one question to containerd. */
export async function ensureImages(
  cluster: string,
  references: readonly string[],
  progress: Progress = standardProgress(),
  programs: Programs = new Map(),
): Promise<void> {
  const present = await clusterImages(cluster);
  const missing = [...new Set(references)].filter((reference) => !present.has(reference));
  if (missing.length === 0) return;
  await withLock(
    cacheLock("images"),
    () => undefined,
    async () => {
      const docker = await build(missing, LOCAL, progress, programs);
      await during(
        progress.step(`Importing ${missing.length} images into cluster ${cluster}`, 2 + 2 * missing.length),
        async () => {
          if (docker)
            await withWorkFolder(async (folder) => importArchive(cluster, await saveFromDocker(missing, folder)));
          else await importStored(cluster, missing, progress, programs);
        },
      );
    },
  );
}

/** An import fails when a blob on this disk is damaged, or one in the cluster was collected meanwhile: both are mended once. */
async function importStored(
  cluster: string,
  missing: readonly string[],
  progress: Progress,
  programs: Programs,
): Promise<void> {
  const store = new ImageStore();
  const send = (has: (digest: string) => boolean) =>
    withWorkFolder(async (folder) => importArchive(cluster, await archiveImages(store, missing, folder, has)));
  await send(clusterHas(cluster)).catch(async () => {
    if (store.discardDamaged(missing)) await build(missing, LOCAL, progress, programs);
    await send(() => false);
  });
}

/** Builds what is missing and pushes it to the user's own registry, signed in as `docker login` or `buildah login` left it. */
export async function pushImages(
  registry: string,
  references: readonly string[],
  progress: Progress = standardProgress(),
  programs: Programs = new Map(),
): Promise<void> {
  await withLock(
    cacheLock("images"),
    () => undefined,
    async () => {
      const docker = await build(references, registry, progress, programs);
      for (const reference of references) {
        const push = async () => {
          if (docker) await pushFromDocker(reference);
          else if (isForeign(programs.get(reference))) await pushStored(new ImageStore(), reference);
          else await buildah(["push", reference, `docker://${reference}`], undefined, process.env);
        };
        await during(progress.step(`Pushing ${reference}`), push);
      }
    },
  );
}

/** Returns whether Docker built them; otherwise they are in our own store. */
async function build(
  references: readonly string[],
  registry: string,
  progress: Progress,
  programs: Programs,
): Promise<boolean> {
  const docker = await dockerAnswers();
  const store = new ImageStore();
  const built = docker ? await dockerImages() : references.filter((reference) => store.find(reference) !== undefined);
  for (const reference of references.filter((wanted) => !built.includes(wanted))) {
    const name = reference.slice(registry.length + 1, reference.lastIndexOf(":"));
    const program = programs.get(reference) ?? imageRecipe(name);
    const current = isForeign(program)
      ? `${registry}/${name}:${await foreignHash(program)}`
      : imageReference(name, registry, program);
    if (current !== reference)
      throw new Error(
        `image ${reference} cannot be built any more: its sources have changed since it was planned (they now give ${current}).\nNext: run the command again.`,
      );
    const quick = !isForeign(program) && program.bundle !== undefined;
    const step = progress.step(`Image ${name}`, quick ? 2 : 20);
    await during(step, () =>
      isForeign(program)
        ? provideForeign(program, reference, docker, progress, step)
        : (docker ? buildWithDocker : buildWithoutDocker)(program, reference, progress, step),
    );
  }
  if (!docker) await requireUsable(store, used(references, programs));
  return docker;
}

/** The images of others among them, with what pods do with them. */
function used(references: readonly string[], programs: Programs): Used[] {
  return references.flatMap((reference) => {
    const program = programs.get(reference);
    return isForeign(program) ? [{ name: program.name, reference, use: program.use }] : [];
  });
}

function isForeign(program: ForeignImage | ImageRecipe | undefined): program is ForeignImage {
  return program !== undefined && "source" in program;
}

async function during(step: Step, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    step.failed();
    throw error;
  }
  step.done();
}
