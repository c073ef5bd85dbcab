import { mkdir, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { ToolError } from "./tool-error.ts";

const MEGABYTE = 2 ** 20;

/** Refuses to begin work that the disk under `folder` cannot hold. */
export async function requireDiskSpace(
  folder: string,
  megabytes: number,
  purpose: string,
  freeMegabytes = freeSpace,
): Promise<void> {
  const free = await freeMegabytes(folder);
  if (free >= megabytes) return;
  throw new ToolError(
    `${purpose} needs ${gigabytes(megabytes)} on the disk of ${folder}, and ${gigabytes(free)} is free. Nothing was begun.`,
    "free some space, or point XDG_CACHE_HOME at a larger disk, and run the command again",
  );
}

/** Refuses to begin when the cache cannot be written to. */
export async function requireWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new ToolError(
      `${folder} cannot be made: ${(error as Error).message}`,
      `give this user the right to write in ${dirname(folder)}, or set XDG_CACHE_HOME to a folder that is yours`,
    );
  }
}

async function freeSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return (bavail * bsize) / MEGABYTE;
}

function gigabytes(megabytes: number): string {
  return `${(megabytes / 1024).toFixed(1)} GiB`;
}
