import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheHome } from "../../machine/cache-folders.ts";
import { runProgram } from "../../machine/run-program.ts";

/** The npm that goes into the base `node`, and what its package is as the registry has it. */
export const NPM = {
  version: "11.21.1",
  sha512: "YTzL6QBEJXyHcTu0JiUc7RKMp+mzlJtl7rGLmERaXUQeFHIMc9atdr6G9M9C8vDWbv40epoTQAzNL2/PtZVDhQ==",
} as const;

/** Folder with npm's own files, fetched by the npm of this machine from the registry it is set to. */
export async function npmPackage(): Promise<string> {
  const folder = join(cacheHome(), "images/npm", NPM.version);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}-`);
  try {
    await runProgram("npm", ["pack", `npm@${NPM.version}`, "--pack-destination", work]);
    const file = join(work, `npm-${NPM.version}.tgz`);
    const found = createHash("sha512")
      .update(await readFile(file))
      .digest("base64");
    if (found !== NPM.sha512)
      throw new Error(
        `npm ${NPM.version}: SHA-512 is ${found}, wanted is ${NPM.sha512}, as it was when this version was chosen`,
      );
    await runProgram("tar", ["-xzf", file, "-C", work]);
    await rename(join(work, "package"), folder);
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
