import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { addText, type Input } from "../../policies/read/input.ts";
import { BadInput } from "../../policies/read/position.ts";
import { reasonOf } from "./reason.ts";

/** Adds a file, the manifests of a folder, or standard input; what cannot be read does not hide the rest. */
export function addPath(input: Input, path: string): void {
  if (path === "-") return addText(input, readFileSync(0, "utf8"), "(standard input)");
  const near = relative(process.cwd(), path);
  const name = near === "" || near.startsWith("..") ? path : near;
  try {
    if (!statSync(path).isDirectory()) return addText(input, readFileSync(path, "utf8"), name);
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name))) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (entry.isDirectory() || /\.(ya?ml|json)$/i.test(entry.name)) addPath(input, join(path, entry.name));
    }
  } catch (error) {
    input.problems.push(new BadInput(name, 1, 1, `cannot be read: ${reasonOf(error)}`));
  }
}
