import { readFileSync } from "node:fs";
import { receiveImage } from "../image-build/image-layout.ts";
import { ImageStore } from "../image-build/image-store.ts";
import { withWorkFolder } from "../image-build/image-context.ts";
import type { Progress, Step } from "../machine/progress.ts";
import { answerBases, type Answer } from "./bases/answer.ts";
import { localBases } from "./bases/local-bases.ts";
import { makeBase } from "./bases/make-base.ts";
import { readMirrorTable } from "./bases/mirror-table.ts";
import { registryAnswers } from "./registry/registry-answers.ts";
import { withDaemon } from "./buildkit/daemon.ts";
import { type BaseSource, solve } from "./buildkit/solve.ts";
import { imagesNamed, stagesOf } from "./dockerfile/stages.ts";
import { dockerfileOf, type ForeignBuild, placeOf } from "./foreign-build.ts";

/** Builds a Dockerfile of others as it is, with BuildKit, into the store. Layers and cache mounts of earlier builds are used again. */
export async function buildForeign(
  build: ForeignBuild,
  reference: string,
  progress: Progress,
  step: Step,
  store = new ImageStore(),
): Promise<void> {
  if (store.find(reference) !== undefined) return;
  const answers = await answersFor(build);
  const manifest = await withDaemon(progress, async (address) => {
    const bases = await madeBases(answers, address, progress);
    const { context, target, args } = build;
    const request = { context, dockerfile: placeOf(build), bases, ...(target && { target }), ...(args && { args }) };
    return await withWorkFolder((folder) =>
      receiveImage(store, folder, (layout) => solve(address, request, layout, step)),
    );
  });
  store.keep(reference, manifest);
  store.prune(reference.slice(0, reference.lastIndexOf(":")));
}

/** How the bases of a build are answered on this machine. Throws a fault with all that cannot be had. */
export async function answersFor(build: ForeignBuild): Promise<ReadonlyMap<string, Answer>> {
  const stages = stagesOf(readFileSync(dockerfileOf(build), "utf8"), build.args);
  return await answerBases(imagesNamed(stages, build.target), {
    table: readMirrorTable(),
    local: await localBases(),
    answers: registryAnswers,
  });
}

/** Makes the bases that are made here; those that a registry answers need no word to the builder. */
async function madeBases(
  answers: ReadonlyMap<string, Answer>,
  address: string,
  progress: Progress,
): Promise<ReadonlyMap<string, BaseSource>> {
  const bases = new Map<string, BaseSource>();
  for (const [name, answer] of answers) {
    if (answer.kind === "local") bases.set(name, await makeBase(answer.base, address, progress));
    else if (answer.kind !== "registry") bases.set(name, answer);
  }
  return bases;
}
