import { existsSync } from "node:fs";
import { docker } from "../image-build/image-docker.ts";
import type { Step } from "../machine/progress.ts";
import { afterCommand, type MadeImage, nothingLeft } from "./made-image.ts";

/** Runs a command of the user's own and lets their Docker engine take the image: it may have built it there, pushed it, or written an archive. */
export async function makeImageWithDocker(image: MadeImage, reference: string, step: Step): Promise<void> {
  await afterCommand(image, reference, step, async ({ registry, pushedAs, tag, archive }) => {
    const options = { onLine: step.raw };
    let name = pushedAs;
    if (registry.pushed.has(tag)) await docker(["pull", pushedAs], options);
    else if (existsSync(archive)) name = loaded(await docker(["load", "--input", archive], options));
    else
      await docker(["image", "inspect", pushedAs]).catch(() => {
        throw nothingLeft();
      });
    await docker(["tag", name, reference]);
  });
}

/** Name or number that the engine says it loaded. */
function loaded(said: string): string {
  const name = /^Loaded image(?: ID)?: (\S+)$/m.exec(said)?.[1];
  if (name === undefined) throw new Error(`docker load does not say what it loaded: ${said}`);
  return name;
}
