import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders that hold no program of the user's own. */
const PASSED_OVER = /^(\..*|node_modules|vendor|dist|build|target|test|tests)$/;
/** How deep programs lie: `orders/`, `services/orders/`, `src/services/orders/`. */
const DEPTH = 3;

/** Folders with a Dockerfile below a folder, itself too, the nearest first; what lies below one of them belongs to it. */
export function foldersWithDockerfile(folder: string, depth = DEPTH): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && entry.name === "Dockerfile")) return [folder];
  if (depth === 0) return [];
  return entries
    .filter((entry) => entry.isDirectory() && !PASSED_OVER.test(entry.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => foldersWithDockerfile(join(folder, entry.name), depth - 1));
}
