import { readdirSync, readlinkSync, type Dirent } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { cacheHome } from "../machine/cache-folders.ts";
import { entryFolder } from "./resolve.ts";
import { runProgram } from "../machine/run-program.ts";
import { toolSets, type ToolSetName } from "./catalogue/tools.ts";

/** A folder of the cache that can be deleted, and what is worse without it. */
export interface Deletable {
  readonly folder: string;
  readonly without: string;
}

/** What only building needs, and tools of other versions that no process runs. */
export function deletable(): Deletable[] {
  const compiler = entries(cacheHome()).filter(({ name }) => name === "go");
  return [
    ...compiler.map(({ name }) => ({
      folder: join(cacheHome(), name),
      without: "the next tool of another version is fetched and compiled from nothing (minutes each)",
    })),
    ...unusedEntries().map((folder) => ({ folder, without: "nothing, while this version of the project is used" })),
  ];
}

/** Deletes folders of the cache. */
export async function free(folders: readonly Deletable[]): Promise<void> {
  for (const { folder } of folders) {
    await runProgram("chmod", ["-R", "u+w", folder]); // the compiler keeps modules read-only
    await rm(folder, { recursive: true, force: true });
  }
}

function unusedEntries(): string[] {
  const current = new Set((Object.keys(toolSets) as ToolSetName[]).map((name) => entryFolder(name, toolSets[name])));
  const running = runningPrograms();
  const home = join(cacheHome(), "tools");
  return entries(home)
    .flatMap(({ name }) => entries(join(home, name)).map((entry) => join(home, name, entry.name)))
    .filter(
      (folder) =>
        !basename(folder).startsWith(".") &&
        !current.has(folder) &&
        !running.some((program) => program.startsWith(`${folder}/`)),
    );
}

/** Programs of all processes this user may see. */
function runningPrograms(): string[] {
  return entries("/proc").flatMap(({ name }) => {
    try {
      return [readlinkSync(join("/proc", name, "exe"))];
    } catch {
      return []; // not a process, or not ours to see
    }
  });
}

function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  } catch {
    return [];
  }
}
