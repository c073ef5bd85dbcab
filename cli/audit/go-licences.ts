import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "../../toolchain/machine/progress.ts";
import { TOOLCHAIN_FOLDER } from "../../toolchain/machine/machine.ts";
import { toolSets } from "../../toolchain/tools/catalogue/tools.ts";
import type { GoRecipe, Recipe } from "../../toolchain/tools/catalogue/recipe.ts";
import { resolve } from "../../toolchain/tools/resolve.ts";
import { compiledModules } from "../../toolchain/tools/sources/build-go.ts";
import type { Objection } from "./exceptions.ts";
import { isAllowed, licenceOf } from "./licence.ts";

const GO = join(TOOLCHAIN_FOLDER, "go");
/** Every module that is compiled into a program, a line each: module, version, licence. */
const RECORD = join(GO, "licences.txt");

/** Modules of the record whose licence is not allowed everywhere. */
export function goObjections(record = readRecord()): Objection[] {
  return record.filter(({ found }) => !isAllowed(found));
}

/** What the record says. It is written down because to see a licence one has to have the module, and that is gigabytes. */
export function readRecord(): Objection[] {
  return readFileSync(RECORD, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [of = "", version = "", ...licence] = line.split(" ");
      return { of, version, found: licence.join(" ") };
    });
}

/** Looks at every module that is compiled into a program, and writes the record anew. Fetches what is not there. */
export async function recordGoLicences(progress: Progress): Promise<void> {
  const go = await resolve("go", progress);
  const lines = new Set<string>();
  for (const recipe of goRecipes()) {
    const step = progress.step(`licences of ${recipe.module}`, 30);
    for (const { path, version, folder } of await compiledModules(recipe, go))
      lines.add(`${path} ${version} ${licenceIn(folder)}`);
    step.done();
  }
  writeFileSync(RECORD, `${[...lines].toSorted().join("\n")}\n`);
}

/** How every program in Go is built. */
export function goRecipes(): GoRecipe[] {
  const recipes: readonly Recipe[] = Object.values(toolSets).flatMap(({ build }): readonly Recipe[] => build);
  return recipes.filter((recipe): recipe is GoRecipe => recipe.kind === "go");
}

function licenceIn(folder: string): string {
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(un)?li[cs]en[cs]e|^copying/i.test(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), "utf8"));
  const found = new Set(texts.map(licenceOf));
  if (found.size > 1) found.delete("unknown"); // such as a file of names beside the licence
  return [...found].toSorted().join(" AND ") || "none";
}
