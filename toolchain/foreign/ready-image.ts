import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { docker } from "../image-build/image-docker.ts";
import { receiveImage } from "../image-build/image-layout.ts";
import { ImageStore } from "../image-build/image-store.ts";
import { withWorkFolder } from "../image-build/image-context.ts";
import { ARCHITECTURE } from "../machine/machine.ts";
import type { Progress, Step } from "../machine/progress.ts";
import { answerBases } from "./bases/answer.ts";
import { type BaseName, baseName, fullName, shortName } from "./bases/base-name.ts";
import { type LocalBase, localBases } from "./bases/local-bases.ts";
import { makeBase } from "./bases/make-base.ts";
import { readMirrorTable } from "./bases/mirror-table.ts";
import { BuildFault } from "./build-fault.ts";
import { withDaemon } from "./buildkit/daemon.ts";
import { type BaseSource, solve } from "./buildkit/solve.ts";
import { otherProcessor, requireProcessor } from "./image/own-processor.ts";
import { published } from "./registry/published.ts";
import { registryAnswers } from "./registry/registry-answers.ts";

/** Takes a ready image into the store, from its registry or from where the machine's table has it, for this machine's processor. */
export async function pullReady(
  image: string,
  reference: string,
  progress: Progress,
  step: Step,
  store = new ImageStore(),
): Promise<void> {
  if (store.find(reference) !== undefined) return;
  const name = nameOf(image);
  const source = await sourceOf(name, await localBases());
  const manifest = await withWorkFolder(async (work) => {
    await writeFile(join(work, "Dockerfile"), `FROM ${source.from}\n`);
    return await withDaemon(progress, async (address) => {
      const bases = source.local ? await made(name, source.local, address, progress) : source.bases;
      const request = { context: work, dockerfile: { folder: work, name: "Dockerfile" }, bases };
      return await withWorkFolder((folder) =>
        receiveImage(store, folder, (layout) => solve(address, request, layout, step)),
      );
    });
  });
  requireProcessor(store, manifest, `image ${fullName(name)}`);
  store.keep(reference, manifest);
  store.prune(reference.slice(0, reference.lastIndexOf(":")));
}

/** The same with the user's Docker engine, which keeps it. */
export async function pullReadyWithDocker(image: string, reference: string, step: Step): Promise<void> {
  const name = nameOf(image);
  const { bases, from } = await sourceOf(name, []);
  const source = bases.get(shortName(name));
  const pulled = source?.kind === "image" ? source.reference : from;
  await docker(["pull", "--platform", `linux/${ARCHITECTURE}`, pulled], { onLine: step.raw });
  await docker(["tag", pulled, reference]);
}

/** Where a ready image is taken from. */
interface Source {
  readonly from: string;
  readonly bases: ReadonlyMap<string, BaseSource>;
  /** Made on this machine under that very name and version; null for what somebody else made. */
  readonly local: LocalBase | null;
}

/** Where it is taken from; what a registry has is looked at first, so that a fault says what is wrong with it. */
async function sourceOf(name: BaseName, local: readonly LocalBase[]): Promise<Source> {
  const sources = { table: readMirrorTable(), local, answers: registryAnswers };
  const answer = (await answerBases([fullName(name)], sources)).get(shortName(name));
  if (answer?.kind === "layout" || answer?.kind === "image")
    return { bases: new Map([[shortName(name), answer]]), from: fullName(name), local: null };
  if (answer?.kind === "local") return { bases: new Map(), from: fullName(name), local: answer.base };
  const { digest, platforms } = await published(name);
  if (platforms.length > 0 && !platforms.includes(`linux/${ARCHITECTURE}`))
    throw otherProcessor(`image ${fullName(name)}`, platforms);
  return { bases: new Map(), from: fullName({ ...name, digest }), local: null };
}

async function made(
  name: BaseName,
  base: LocalBase,
  address: string,
  progress: Progress,
): Promise<ReadonlyMap<string, BaseSource>> {
  return new Map([[shortName(name), await makeBase(base, address, progress)]]);
}

function nameOf(image: string): BaseName {
  const name = baseName(image);
  if (name !== undefined) return name;
  throw new BuildFault(
    `"${image}" is no name of an image`,
    "write it as `registry/repository:tag` or `repository@sha256:…`",
  );
}
