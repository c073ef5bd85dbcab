import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheHome } from "../machine/cache-folders.ts";
import { runProgram } from "../machine/run-program.ts";

/** A version of an npm package, and what its file is as lock files have it: `sha512-` and the sum. */
export interface NpmPackage {
  readonly version: string;
  readonly integrity: string;
}

/** Folder with the files of an npm package, fetched by the npm of this machine from the registry it is set to. Throws where it is another file. */
export async function fetchNpmPackage(name: string, { version, integrity }: NpmPackage): Promise<string> {
  const folder = join(cacheHome(), "images", name, version);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}-`);
  try {
    await runProgram("npm", ["pack", `${name}@${version}`, "--pack-destination", work]);
    const file = join(work, `${name}-${version}.tgz`);
    const found = `sha512-${createHash("sha512")
      .update(await readFile(file))
      .digest("base64")}`;
    if (found !== integrity)
      throw new Error(
        `${name} ${version}: its sum is ${found}, wanted is ${integrity}, as it was when this version was chosen`,
      );
    await runProgram("tar", ["-xzf", file, "-C", work]);
    await rename(join(work, "package"), folder);
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
