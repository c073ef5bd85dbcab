import { existsSync } from "node:fs";
import { copyFile, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { visibleLines } from "../../model/harmless/visible.ts";
import { digits } from "../image-build/digest.ts";
import { buildah } from "../image-build/image-buildah.ts";
import { receiveImage } from "../image-build/image-layout.ts";
import { ImageStore, type Manifest } from "../image-build/image-store.ts";
import { withWorkFolder } from "../image-build/image-context.ts";
import { type Architecture, ARCHITECTURE } from "../machine/machine.ts";
import type { Step } from "../machine/progress.ts";
import { runProgram } from "../machine/run-program.ts";
import { withoutCredentials } from "../machine/without-credentials.ts";
import { BuildFault } from "./build-fault.ts";
import { requireProcessor } from "./image/own-processor.ts";
import { imageIn, type ThrowAwayRegistry, throwAwayRegistry } from "./registry/throw-away-registry.ts";

/** A command of the user's own that leaves an image behind. */
export interface MadeImage {
  /** Absolute path of the folder it runs in. */
  readonly folder: string;
  /** The command, for `sh`. `{reference}` is a name in a registry of this machine to push to, `{archive}` a file to write. */
  readonly make: string;
  /** What it is made from: files, folders and patterns, from the folder on. */
  readonly watches: readonly string[];
  /** Processor that it is wanted for. Default: this machine's. */
  readonly architecture?: Architecture;
}

/** Runs the command and takes the image it leaves into the store. Throws a fault when it fails or leaves none. */
export async function makeImage(
  image: MadeImage,
  reference: string,
  step: Step,
  store = new ImageStore(),
): Promise<void> {
  if (store.find(reference) !== undefined) return;
  const { architecture = ARCHITECTURE } = image;
  const manifest = await withWorkFolder((folder) =>
    receiveImage(store, folder, (layout) =>
      afterCommand(image, reference, step, async ({ registry, tag, archive }) => {
        const pushed = await imageIn(registry, tag, architecture);
        if (pushed !== undefined) await fromRegistry(pushed, registry.blob, layout);
        else if (existsSync(archive)) await fromArchive(archive, layout, step);
        else throw nothingLeft();
      }),
    ),
  );
  requireProcessor(store, manifest, "the image that the command left", architecture);
  store.keep(reference, manifest);
  store.prune(reference.slice(0, reference.lastIndexOf(":")));
}

/** What a command may have left, and where. */
export interface Left {
  readonly registry: ThrowAwayRegistry;
  /** What `{reference}` stood for, and its tag. */
  readonly pushedAs: string;
  readonly tag: string;
  /** What `{archive}` stood for; it may not be there. */
  readonly archive: string;
}

/** Runs the command and hands over what it left, while that is there. */
export async function afterCommand(
  image: MadeImage,
  reference: string,
  step: Step,
  take: (left: Left) => Promise<void>,
): Promise<void> {
  await withWorkFolder(async (work) => {
    const registry = await throwAwayRegistry(work);
    try {
      const [, path = "", tag = ""] = /^[^/]+\/(.+):([^:]+)$/.exec(reference) ?? [];
      const left = { registry, pushedAs: `${registry.address}/${path}:${tag}`, tag, archive: join(work, "image.tar") };
      await run(image, { reference: left.pushedAs, archive: left.archive }, step);
      await take(left);
    } finally {
      registry.close();
    }
  });
}

/** Puts in what `{reference}` and `{archive}` stand for, and runs the command as the user would, without what opens accounts and clusters. */
async function run(
  { folder, make }: Pick<MadeImage, "folder" | "make">,
  places: { readonly reference: string; readonly archive: string },
  step: Step,
): Promise<void> {
  if (!/\{(reference|archive)\}/.test(make))
    throw new BuildFault(
      `the command "${make}" does not say where it leaves the image`,
      "write {reference} where it takes the name to push to, or {archive} where it takes the file to write",
    );
  const command = make.replaceAll("{reference}", places.reference).replaceAll("{archive}", places.archive);
  const docker = Object.entries(process.env).filter(([name]) => name.startsWith("DOCKER_"));
  const env = { ...withoutCredentials(), ...Object.fromEntries(docker) };
  await runProgram("sh", ["-c", command], { cwd: folder, env, onLine: step.raw }).catch((error: Error) => {
    const [first = "", ...lines] = error.message.split("\n");
    const code = /ended with (\S+?):?$/.exec(first)?.[1] ?? "an error";
    throw new BuildFault(
      `the command "${make}" ended with exit code ${code}. Its last lines:\n${visibleLines(lines.join("\n"))}`,
      `run it in ${folder} to see all it says, and mend it`,
    );
  });
}

async function fromRegistry(
  { digest, mediaType }: { digest: string; mediaType: string },
  blob: (digest: string) => string,
  layout: string,
): Promise<void> {
  const manifest = JSON.parse(await readFile(blob(digest), "utf8")) as Manifest;
  for (const part of new Set([manifest.config, ...manifest.layers].map((part) => part.digest)))
    await rename(blob(part), join(layout, "blobs/sha256", digits(part)));
  await copyFile(blob(digest), join(layout, "blobs/sha256", digits(digest)));
  await writeFile(
    join(layout, "index.json"),
    JSON.stringify({ schemaVersion: 2, manifests: [{ digest, mediaType, size: 0 }] }),
  );
}

/** An archive as OCI or Docker has it. */
async function fromArchive(archive: string, layout: string, step: Step): Promise<void> {
  const isOci = (await runProgram("tar", ["-tf", archive]))
    .split("\n")
    .some((path) => /^(\.\/)?oci-layout$/.test(path));
  const id = (await buildah(["pull", "--quiet", `${isOci ? "oci" : "docker"}-archive:${archive}`], step)).trim();
  await buildah(["push", "--quiet", id, `oci:${layout}`], step);
  await buildah(["rmi", id]).catch(() => undefined);
}

/** The fault of a command that ended well for nothing. */
export function nothingLeft(): BuildFault {
  return new BuildFault(
    "the command ended well and left no image: nothing was pushed to {reference} or written to {archive}",
    "let it push without TLS to {reference} (Jib: -Djib.allowInsecureRegistries=true), or write an OCI or Docker archive to {archive}",
  );
}
