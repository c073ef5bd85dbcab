import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findProgram, LIBRARY_FOLDER } from "../../machine/machine.ts";
import { privateApt } from "./private-apt.ts";
import type { Step } from "../../machine/progress.ts";
import type { DebianRecipe } from "../catalogue/recipe.ts";
import { runProgram } from "../../machine/run-program.ts";
import { ToolError } from "../../machine/tool-error.ts";

/** Unpacks Debian packages into `root/` and writes a starter for each program into `bin/`. Nothing is installed, no root is needed. Answers the version of the first package. */
export async function unpackDebian(recipe: DebianRecipe, folder: string, work: string, step: Step): Promise<string> {
  if (!findProgram("apt-get") || !findProgram("dpkg-deb")) {
    throw new ToolError(
      `${recipe.packages[0]} is taken from Debian packages, and this machine has no apt-get`,
      `install ${recipe.packages[0]} with this system's package manager and run the command again`,
    );
  }
  const apt = await privateApt();
  step.note(`downloading ${recipe.packages.join(", ")}`);
  await downloadPackages(apt, recipe.packages, work, step);
  step.note("unpacking");
  const root = join(folder, "root");
  for (const file of (await readdir(work)).filter((name) => name.endsWith(".deb"))) {
    await runProgram("dpkg-deb", ["-x", join(work, file), root], { onLine: step.raw });
  }
  await mkdir(join(folder, "bin"), { recursive: true });
  for (const [name, path] of Object.entries(recipe.programs)) await writeStarter(join(folder, "bin", name), path);
  const first = (await readdir(work)).find((name) => name.startsWith(`${recipe.packages[0]}_`)) ?? "";
  const version = await runProgram("dpkg-deb", ["-f", join(work, first), "Version"]);
  return /\d+(\.\d+)+/.exec(version)?.[0] ?? version.trim();
}

/** Lists are fetched when there are none yet, and again when a package they name is gone from the archive. */
async function downloadPackages(
  apt: readonly string[],
  packages: readonly string[],
  work: string,
  step: Step,
): Promise<void> {
  const download = () =>
    runProgram("apt-get", [...apt, "-q", "download", ...packages], { cwd: work, onLine: step.raw });
  await download().catch(async () => {
    step.note("reading the package lists");
    await runProgram("apt-get", [...apt, "-q", "update"], { onLine: step.raw });
    await download();
  });
}

/** A starter finds the libraries beside the program; it may be called through a link. */
async function writeStarter(starter: string, program: string): Promise<void> {
  const libraries = [`usr/lib/${LIBRARY_FOLDER}`, `lib/${LIBRARY_FOLDER}`].map((path) => `$root/${path}`).join(":");
  const text = `#!/bin/sh
root="$(dirname "$(readlink -f "$0")")/../root"
export LD_LIBRARY_PATH="${libraries}"
exec "$root/${program}" "$@"
`;
  await writeFile(starter, text);
  await chmod(starter, 0o755);
}
