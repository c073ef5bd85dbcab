import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const IMPORTS = /(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.[^"']+)["']/g;

/** Compiled files below `folder` that the entries import, however far; `leftOut` and what only it imports are not among them. */
export function reached(folder: string, entries: readonly string[], leftOut: readonly string[] = []): string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file) || leftOut.includes(file)) return;
    found.add(file);
    for (const [, path = ""] of readFileSync(join(folder, file), "utf8").matchAll(IMPORTS)) {
      const next = join(dirname(file), path);
      if (/\.(js|d\.ts)$/.test(next) && existsSync(join(folder, next))) visit(next);
      else if (next.endsWith(".ts") && existsSync(join(folder, declarationOf(next)))) visit(declarationOf(next));
    }
  };
  for (const entry of entries) visit(entry);
  return [...found].toSorted();
}

/** File with the types of a module that another declaration names by its source. */
function declarationOf(source: string): string {
  return source.replace(/\.ts$/, ".d.ts");
}
