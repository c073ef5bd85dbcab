import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** What a bundle is made from. */
export interface Sources {
  /** Our own files, relative to the root, sorted. */
  readonly files: readonly string[];
  /** npm packages those files import, sorted. */
  readonly packages: readonly string[];
}

// Imports that survive type stripping: from "x", import "x", import("x"). `import type` is erased, so it is no input.
const imports = /(?:^|[;}\s])(?:(?:import|export)\s+(?!type\s)[^;"']*?from\s*|import\s*\(?\s*)["']([^"']+)["']/g;

/** Follows the imports of `entry` without running or compiling anything: the hash of an image must be quick. */
export function sourcesOf(root: string, entry: string): Sources {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    const path = relative(root, file);
    if (files.has(path)) return;
    files.add(path);
    for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(imports)) {
      if (specifier.startsWith("node:")) continue;
      const target = join(dirname(file), specifier);
      if (!specifier.startsWith(".")) packages.add(packageName(specifier));
      else if (existsSync(target)) visit(target); // a missing file is the bundler's error, with place and line
    }
  };
  visit(join(root, entry));
  return { files: [...files].sort(), packages: [...packages].sort() };
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
