import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { debianRecipe } from "./image-debian.ts";
import { type ImageRecipe, rootOf, shippedBundle } from "./image-recipe.ts";
import { lockedPackages } from "./image-packages.ts";
import { lockedNode, lockfile, otherLocks } from "./lock-file.ts";
import { ownProgram, SHIPPED } from "../roots/shipped.ts";
import { sourcesOf } from "./image-sources.ts";
import { toolSets } from "../tools/catalogue/tools.ts";
import type { ToolSet } from "../tools/catalogue/recipe.ts";
import type { ToolName } from "../tools/catalogue/tools.ts";

/** Raised when images are put together differently from the same inputs. */
const builderVersion = "1";

/**
 * Hash of everything that goes into an image, the same on every machine: it names the official base and the recipe
 * of its stand-in, never which of them was used, so a plan made on a laptop with Docker fits one without.
 */
export function imageHash(recipe: ImageRecipe, shipped = SHIPPED, sources = rootOf(recipe)): string {
  const inputs = [builderVersion, ...folderInputs(shipped, recipe.folder), ...baseInputs(shipped, recipe.base)];
  for (const [to, tool] of Object.entries(recipe.tools)) inputs.push(`${to} ${tool} ${toolVersion(tool as ToolName)}`);
  if (recipe.bundle !== undefined) inputs.push(recipe.bundle.name, ...bundleInputs(recipe, sources));
  return digest(inputs.join("\n")).slice(0, 16);
}

/** Hash of a base that is built here. */
export function baseHash(base: "base-debian" | "base-node"): string {
  return digest([builderVersion, ...baseInputs(SHIPPED, base)].join("\n")).slice(0, 16);
}

function baseInputs(root: string, base: ImageRecipe["base"]): string[] {
  if (base === "scratch") return [];
  const debian = [...folderInputs(root, "base-debian"), JSON.stringify(debianRecipe)];
  if (base === "base-debian") return debian;
  // One version number for both processors: it is in the hash, the binary is not.
  return [...debian, ...folderInputs(root, "base-node"), lockedNode("x64", root).version];
}

function folderInputs(root: string, folder: string): string[] {
  const path = join(root, "toolchain/images", folder);
  return readdirSync(path)
    .sort()
    .map((file) => `${folder}/${file} ${digest(readFileSync(join(path, file)))}`);
}

function bundleInputs(recipe: ImageRecipe, root: string): string[] {
  const shipped = shippedBundle(recipe);
  if (shipped !== undefined) return [digest(readFileSync(shipped))];
  const { files, packages } = sourcesOf(root, recipe.bundle?.entry ?? "");
  const bundler = digest(readFileSync(ownProgram("toolchain/image-build/image-bundle")));
  const own = files.map((file) => `${file} ${digest(readFileSync(join(root, file)))}`);
  return [
    bundler,
    ...own,
    ...lockedPackages(lockfile(root), [...packages, "esbuild"]),
    ...otherLocks(root).map(digest),
  ];
}

function toolVersion(tool: ToolName): string {
  const sets: readonly ToolSet[] = Object.values(toolSets);
  return sets.find((set) => tool in set.tools)?.version ?? "";
}

function digest(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}
