import { rm } from "node:fs/promises";
import { sha256 } from "../../machine/sha256.ts";

/** Something fetched that is not what it was when it was chosen: never used, and never replaced silently by another source. */
export class ChecksumMismatch extends Error {
  constructor(from: string, found: string, wanted: string) {
    super(
      `${from}: SHA-256 is ${found}, wanted is ${wanted}, as it was when this version was chosen. The file was deleted.\n` +
        "Next: run the command again. If it happens twice, somebody between you and the publisher changes files, or the publisher does: do not use this network.",
    );
    this.name = "ChecksumMismatch";
  }
}

/** Deletes a file that has not the wanted SHA-256, and throws; `from` says where it came from. */
export async function requireSum(file: string, wanted: string, from: string): Promise<void> {
  const found = await sha256(file);
  if (found === wanted) return;
  await rm(file);
  throw new ChecksumMismatch(from, found, wanted);
}
