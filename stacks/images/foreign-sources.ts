import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import type { ImageSource } from "../../components/aws/images/images.ts";
import { buildOf, type ForeignImage } from "../../toolchain/foreign/foreign-image.ts";
import { dockerfileOf } from "../../toolchain/foreign/foreign-build.ts";
import { type MadeImage, makeImage } from "../../toolchain/foreign/made-image.ts";
import { writeLayout } from "../../toolchain/image-build/image-archive.ts";
import { LOCAL } from "../../toolchain/image-build/image.ts";
import { PROJECT } from "../../toolchain/roots/project.ts";
import { ImageStore } from "../../toolchain/image-build/image-store.ts";
import { cacheLock } from "../../toolchain/machine/cache-folders.ts";
import { withLock } from "../../toolchain/machine/lock.ts";
import type { Architecture } from "../../toolchain/machine/machine.ts";
import { standardProgress } from "../../toolchain/machine/progress.ts";

/** Where build contexts are put together, relative to the project: the same path in every plan. */
export const CONTEXTS = ".slipway/contexts";

/** How images are built for the cloud. */
interface Build {
  readonly architectures: readonly Architecture[];
  /** What is done now: nothing in a plan only; a command of the user's own runs in an update. */
  readonly now: "plan only" | "preview" | "update";
}

/** What the cloud's builder is told of a program that nobody here wrote. */
export async function foreignSourceOf(image: ForeignImage, version: string, build: Build): Promise<ImageSource> {
  const { name, source, folder } = image;
  if ("image" in source) return { name, version, reference: source.image };
  if ("make" in source) return await madeSource(image, { ...source, folder }, version, build);
  const found = buildOf(source, folder);
  const { target, args } = found;
  return {
    name,
    repository: name,
    version,
    context: relative(PROJECT, found.context) || ".",
    dockerfile: relative(PROJECT, dockerfileOf(found)),
    ...(target !== undefined && { target }),
    ...(args !== undefined && { args }),
  };
}

/** The command's image as a layout beside an empty context, under the same paths in every plan. */
async function madeSource(
  { name }: ForeignImage,
  image: MadeImage,
  version: string,
  { architectures, now }: Build,
): Promise<ImageSource> {
  const context = `${CONTEXTS}/${name.replaceAll("/", "-")}-${version}`;
  const layout = `${context}.image`;
  if (now !== "plan only") await mkdir(join(PROJECT, context), { recursive: true });
  if (now === "update" && !existsSync(join(PROJECT, layout, "index.json"))) {
    const [architecture = "amd64"] = architectures;
    await makeLayout({ ...image, architecture }, `${LOCAL}/${name}:${version}-${architecture}`, join(PROJECT, layout));
  }
  return { name, repository: name, version, context, made: `${layout}:${version}-${architectures[0] ?? "amd64"}` };
}

async function makeLayout(image: MadeImage, reference: string, layout: string): Promise<void> {
  const step = standardProgress().step(`Image ${reference}`);
  const store = new ImageStore();
  const make = async () => {
    await makeImage(image, reference, step, store);
    await rm(layout, { recursive: true, force: true });
    await writeLayout(store, [reference], layout);
  };
  try {
    await withLock(cacheLock("images"), () => undefined, make);
  } catch (error) {
    step.failed();
    throw error;
  }
  step.done();
}
