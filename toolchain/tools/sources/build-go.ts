import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { cacheHome } from "../../machine/cache-folders.ts";
import { ARCHITECTURE, TOOLCHAIN_FOLDER } from "../../machine/machine.ts";
import type { Step } from "../../machine/progress.ts";
import type { GoFileRecipe, GoRecipe } from "../catalogue/recipe.ts";
import { runProgram } from "../../machine/run-program.ts";
import { withoutCredentials } from "../../machine/without-credentials.ts";

/** Compiles a pinned module in a copy of its folder and puts the programs into `bin/`. */
export async function buildGo(
  recipe: GoRecipe,
  go: string,
  folder: string,
  work: string,
  step: Step,
  architecture = ARCHITECTURE,
): Promise<void> {
  const source = join(work, recipe.module);
  await cp(join(TOOLCHAIN_FOLDER, "go", recipe.module), source, { recursive: true });
  const options = { cwd: source, env: { ...goEnvironment(), GOARCH: architecture }, onLine: downloads(step) };
  step.note("downloading modules");
  if (recipe.embed) await copyFromModule(go, recipe.embed.module, recipe.embed.files, source, options);
  await compile(recipe, go, join(folder, "bin"), options, step);
}

async function compile(
  recipe: GoRecipe,
  go: string,
  folder: string,
  options: { cwd: string; env: NodeJS.ProcessEnv; onLine: (line: string) => void },
  step: Step,
): Promise<void> {
  const chosen = ["-mod=readonly", ...tagsOf(recipe)];
  const packages = (await runProgram(go, ["list", ...chosen, "-deps", ...recipe.packages], options)).split("\n").length;
  const linker = ["-s", "-w", ...(recipe.variables ?? []).map((variable) => `-X ${variable}`)].join(" ");
  await mkdir(folder, { recursive: true });
  step.note(`compiling ${recipe.module}`);
  let compiled = 0;
  const count = (line: string) => {
    compiled += 1; // -v prints a line for each package that is not compiled yet
    step.note(`compiling ${recipe.module}, package ${compiled} of at most ${packages}`);
    step.raw(line);
  };
  const flags = ["-v", "-trimpath", ...chosen, "-ldflags", linker, "-o", `${folder}/`];
  await runProgram(go, ["build", ...flags, ...recipe.packages], { ...options, onLine: count });
}

/** Downloads the modules of a recipe while something else compiles; `buildGo` then finds them. */
export async function fetchModules(recipe: GoRecipe, go: string, signal: AbortSignal): Promise<void> {
  const options = { cwd: join(TOOLCHAIN_FOLDER, "go", recipe.module), env: goEnvironment(), signal };
  await runProgram(go, ["list", "-e", "-mod=readonly", ...tagsOf(recipe), "-deps", ...recipe.packages], options); // -e: an embedded file is not there yet
}

/** A module that is part of a program, and where its files are. */
export interface CompiledModule {
  readonly path: string;
  readonly version: string;
  readonly folder: string;
}

/** The modules that a recipe compiles into its programs; most of what go.mod names is not among them. */
export async function compiledModules(recipe: GoRecipe, go: string): Promise<CompiledModule[]> {
  const module =
    "{{with .Module}}{{with .Replace}}{{.Path}} {{.Version}} {{.Dir}}{{else}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}";
  const args = ["list", "-e", "-mod=readonly", ...tagsOf(recipe), "-deps", "-f", module, ...recipe.packages];
  const cwd = join(TOOLCHAIN_FOLDER, "go", recipe.module);
  const lines = new Set((await runProgram(go, args, { cwd, env: goEnvironment() })).split("\n"));
  return [...lines]
    .map((line) => line.split(" "))
    .filter(([path = "", version]) => path !== "" && version !== "") // our own module has no version
    .map(([path = "", version = "", folder = ""]) => ({ path, version, folder }));
}

const tagsOf = ({ tags = [] }: GoRecipe): string[] => (tags.length > 0 ? ["-tags", tags.join(",")] : []);

/** Joins the files of a folder of a module into one. */
export async function copyGoFiles(
  recipe: GoFileRecipe,
  go: string,
  folder: string,
  work: string,
  step: Step,
): Promise<void> {
  const target = `${recipe.module}@${recipe.version}`;
  const found = await runProgram(go, ["mod", "download", "-json", target], {
    cwd: work,
    env: goEnvironment(),
    onLine: step.raw,
  });
  const source = join((JSON.parse(found) as { Dir: string }).Dir, recipe.folder);
  const names = (await readdir(source))
    .filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml")
    .sort();
  const texts = await Promise.all(names.map((name) => readFile(join(source, name), "utf8")));
  await writeFile(join(folder, recipe.to), texts.join("\n---\n"));
}

async function copyFromModule(
  go: string,
  module: string,
  files: readonly string[],
  target: string,
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<void> {
  await runProgram(go, ["mod", "download", module], options);
  const source = (await runProgram(go, ["list", "-m", "-f", "{{.Dir}}", module], options)).trim();
  for (const file of files) await writeFile(join(target, basename(file)), await readFile(join(source, file)));
}

/** The compiler keeps everything in our cache and never fetches another compiler. */
export function goEnvironment(): NodeJS.ProcessEnv {
  const { GOFLAGS: _flags, GOROOT: _root, ...rest } = withoutCredentials();
  const cache = join(cacheHome(), "go");
  return {
    ...rest,
    CGO_ENABLED: "0",
    GOTOOLCHAIN: "local",
    GOWORK: "off",
    GOMODCACHE: join(cache, "mod"),
    GOCACHE: join(cache, "build"),
  };
}

function downloads(step: Step): (line: string) => void {
  return (line) => {
    if (!line.startsWith("go: ")) return; // the rest is a list for us, not for the user
    if (line.startsWith("go: downloading ")) step.note(`downloading ${line.split(" ")[2] ?? ""}`);
    step.raw(line);
  };
}
