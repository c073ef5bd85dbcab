import { rmdirSync } from "node:fs";

/** What a folder answers that somebody still uses, has mounted something at, or has removed. */
const NOT_OURS_ALONE = ["ENOTEMPTY", "EBUSY", "ENOENT"];

/** Removes a folder unless something is in it or mounted there, or it is gone. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!NOT_OURS_ALONE.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
