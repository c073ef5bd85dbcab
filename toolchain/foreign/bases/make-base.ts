import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { buildah } from "../../image-build/image-buildah.ts";
import { ensureBase } from "../../image-build/image-build.ts";
import { baseHash } from "../../image-build/image-hash.ts";
import { cacheHome } from "../../machine/cache-folders.ts";
import { ARCHITECTURE, TOOLCHAIN_FOLDER } from "../../machine/machine.ts";
import type { Progress, Step } from "../../machine/progress.ts";
import { type BaseSource, solve } from "../buildkit/solve.ts";
import { layoutDigest } from "./layout-of.ts";
import type { LocalBase } from "./local-bases.ts";

const RECIPES = join(TOOLCHAIN_FOLDER, "foreign/bases/recipes");
/** Seconds that a base takes with nothing cached. */
const EXPECTED = 60;

/** Hash of how a base is made, the same on every machine with the same versions. */
export function localBaseHash({ family, inside }: LocalBase): string {
  const debian = baseHash("base-debian");
  if (family === "debian") return debian;
  const recipe = readFileSync(join(RECIPES, family, "Dockerfile"));
  return createHash("sha256").update(`${debian}\n${inside}\n`).update(recipe).digest("hex").slice(0, 16);
}

/** The base as an OCI layout in the cache, made there when it is missing. Older ones of its family go. */
export async function makeBase(base: LocalBase, address: string, progress: Progress): Promise<BaseSource> {
  const home = join(cacheHome(), "images/bases", `${base.family}-${ARCHITECTURE}`);
  const folder = join(home, localBaseHash(base));
  if (!existsSync(folder)) await make(base, address, progress, home, folder);
  return { kind: "layout", folder, digest: layoutDigest(folder) };
}

async function make(base: LocalBase, address: string, progress: Progress, home: string, folder: string): Promise<void> {
  await mkdir(home, { recursive: true });
  const work = await mkdtemp(join(home, ".making-"));
  const step = progress.step(`Base image ${base.family}:${base.tags[0]} (${base.inside})`, EXPECTED);
  try {
    await fill(base, address, progress, step, work);
    for (const name of await readdir(home))
      if (join(home, name) !== work) await rm(join(home, name), { recursive: true });
    await rename(work, folder);
  } catch (error) {
    step.failed();
    await rm(work, { recursive: true, force: true });
    throw error;
  }
  step.done();
}

async function fill(base: LocalBase, address: string, progress: Progress, step: Step, layout: string): Promise<void> {
  if (base.family === "debian") {
    const reference = await ensureBase("base-debian", progress);
    await buildah(["push", "--quiet", reference, `oci:${layout}`], step);
    return;
  }
  const debian = { ...base, family: "debian", inside: "Debian 12 from its packages", tags: ["bookworm"] } as const;
  const bases = new Map([["debian", await makeBase(debian, address, progress)]]);
  for (const [name, folder] of Object.entries(await base.folders(progress)))
    bases.set(name, { kind: "folder", folder });
  const recipe = join(RECIPES, base.family);
  await solve(address, { context: recipe, dockerfile: { folder: recipe, name: "Dockerfile" }, bases }, layout, step);
}
