import { existsSync, readdirSync, rmdirSync } from "node:fs";

/** Removes a folder unless something is in it. */
export function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}
