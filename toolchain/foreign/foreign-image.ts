import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { Progress, Step } from "../machine/progress.ts";
import { localBases } from "./bases/local-bases.ts";
import { readMirrorTable } from "./bases/mirror-table.ts";
import { BuildFault } from "./build-fault.ts";
import { buildForeign } from "./build-foreign.ts";
import { hashOf } from "./build-hash.ts";
import { buildForeignWithDocker } from "./docker-build.ts";
import type { ForeignBuild } from "./foreign-build.ts";
import { madeHash } from "./made-hash.ts";
import type { Use } from "./image/image-faults.ts";
import { makeImage } from "./made-image.ts";
import { makeImageWithDocker } from "./made-with-docker.ts";
import { pullReady, pullReadyWithDocker } from "./ready-image.ts";

/** Where the image of a program comes from that nobody here wrote; paths are relative to the folder of the description. */
export type ForeignSource =
  | {
      /** Folder with a Dockerfile. */
      readonly build: string;
      readonly dockerfile?: string;
      readonly target?: string;
      readonly args?: Readonly<Record<string, string>>;
    }
  | { readonly image: string }
  | { readonly make: string; readonly watches: readonly string[] };

/** An image that is not made from the kit. */
export interface ForeignImage {
  /** `<system>/<service>`. */
  readonly name: string;
  readonly source: ForeignSource;
  /** Absolute path of the folder of the description. */
  readonly folder: string;
  /** What a pod does with it. */
  readonly use: Use;
}

/** Hash of everything that an image is made from. Nothing is built or fetched, so previews may ask. */
export async function foreignHash({ source, folder }: ForeignImage): Promise<string> {
  if ("build" in source) return hashOf(buildOf(source, folder), await localBases(), readMirrorTable());
  if ("make" in source) return madeHash({ ...source, folder });
  return createHash("sha256").update(source.image).digest("hex").slice(0, 16);
}

/** Hash of each image by its name. All faults of all of them are told at once. */
export async function foreignHashes(images: readonly ForeignImage[]): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  const faults: string[] = [];
  for (const image of images) {
    try {
      hashes.set(image.name, await foreignHash(image));
    } catch (error) {
      if (!(error instanceof BuildFault)) throw error;
      faults.push(`${image.name}: ${error.message}`);
    }
  }
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return hashes;
}

/** Builds, pulls or lets make an image: into the user's Docker engine where one answers, else into the store. */
export async function provideForeign(
  image: ForeignImage,
  reference: string,
  docker: boolean,
  progress: Progress,
  step: Step,
): Promise<void> {
  const { name, source, folder } = image;
  try {
    if ("build" in source) {
      const build = buildOf(source, folder);
      await (docker ? buildForeignWithDocker(build, reference, step) : buildForeign(build, reference, progress, step));
    } else if ("image" in source)
      await (docker
        ? pullReadyWithDocker(source.image, reference, step)
        : pullReady(source.image, reference, progress, step));
    else await (docker ? makeImageWithDocker : makeImage)({ ...source, folder }, reference, step);
  } catch (error) {
    throw error instanceof BuildFault ? new Error(`${name}: ${error.message}`, { cause: error }) : error;
  }
}

/** The build with its folder spelled out. */
export function buildOf(source: Extract<ForeignSource, { build: string }>, folder: string): ForeignBuild {
  const { build, ...rest } = source;
  return { ...rest, context: resolve(join(folder, build)) };
}
