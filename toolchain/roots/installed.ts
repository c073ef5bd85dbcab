import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PROJECT } from "./project.ts";

/** Nearest folder at or above the project whose node_modules hold a package: where Node.js would find it; undefined where it is not installed. */
export function folderWith(name: string): string | undefined {
  for (let folder = PROJECT; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "node_modules", name, "package.json"))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Version of a package as the project has it installed; undefined where it is not. */
export function installedVersion(name: string): string | undefined {
  const folder = folderWith(name);
  if (folder === undefined) return undefined;
  const manifest = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(manifest) as { readonly version: string }).version.replace(/^v/, "");
}
