import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspectEntry, writeEntry } from "./cache-entry.ts";
import { cacheHome, cacheLock } from "../machine/cache-folders.ts";
import { withLock } from "../machine/lock.ts";
import { requireDiskSpace, requireWritable } from "../machine/disk-space.ts";
import { findInstalled } from "./installed.ts";
import { type Architecture, ARCHITECTURE, TOOLCHAIN_FOLDER } from "../machine/machine.ts";
import { obtain } from "./obtain.ts";
import { standardProgress, type Progress, type Step } from "../machine/progress.ts";
import type { Recipe, ToolSet } from "./catalogue/recipe.ts";
import { toolSets, type ToolName, type ToolSetName } from "./catalogue/tools.ts";

type Paths = Readonly<Record<string, string>>;

/** Sets looked up by this process: each is inspected once. */
const known = new Map<string, Promise<Paths>>();

/** Absolute path of a tool, which is first made available if it has to be. One for another processor goes into images and is never started here. */
export async function resolve(
  tool: ToolName,
  progress: Progress = standardProgress(),
  architecture = ARCHITECTURE,
): Promise<string> {
  const name = setOf(tool);
  const key = entryFolder(name, toolSets[name], architecture);
  const paths = known.get(key) ?? provide(name, toolSets[name], progress, architecture);
  known.set(key, paths);
  try {
    return (await paths)[tool] as string;
  } catch (error) {
    known.delete(key);
    throw error;
  }
}

/** Makes a set available and returns the path of each of its tools: from the cache, from the machine, or by making it. */
export async function provide(
  name: string,
  set: ToolSet,
  progress: Progress,
  architecture = ARCHITECTURE,
): Promise<Paths> {
  const folder = entryFolder(name, set, architecture);
  const cached = Object.fromEntries(Object.entries(set.tools).map(([tool, path]) => [tool, join(folder, path)]));
  if ((await inspectEntry(folder)).state === "good") return cached;
  const installed = architecture === ARCHITECTURE ? await findInstalled(set) : undefined;
  if (installed) return installed.paths;
  await requireWritable(cacheHome());
  let wait: Step | undefined;
  const waiting = (holder: string) =>
    void (wait = progress.step(`waiting for process ${holder}, which is getting ${name} too`));
  await withLock(cacheLock(`tool-${name}`), waiting, async () => {
    wait?.done();
    const { state, damage } = await inspectEntry(folder);
    if (state === "good") return; // another process made it meanwhile
    await requireDiskSpace(cacheHome(), set.megabytes, `${name} ${set.version}`);
    const step = progress.step(
      `${name} ${set.version}${state === "damaged" ? `, made again because ${damage ?? "its record"} in the cache is damaged` : ""}`,
      set.minutes * 60,
    );
    try {
      await writeEntry(folder, (staging) =>
        obtain(name, set, staging, step, () => resolve("go", progress), architecture),
      );
    } catch (error) {
      step.failed();
      throw error;
    }
    step.done();
  });
  return cached;
}

/** Folder of a set in the cache: another version, recipe, source of ours or processor is another folder. */
export function entryFolder(name: string, set: ToolSet, architecture: Architecture = ARCHITECTURE): string {
  const hash = createHash("sha256").update(JSON.stringify([set.version, set.tools, set.download, set.build]));
  for (const recipe of set.build) hashSources(recipe, (text) => void hash.update(text));
  return join(
    cacheHome(),
    "tools",
    name,
    `${set.version}-${hash.digest("hex").slice(0, 12)}${architecture === ARCHITECTURE ? "" : `-${architecture}`}`,
  );
}

function hashSources(recipe: Recipe, add: (text: string | Uint8Array) => void): void {
  const folder =
    recipe.kind === "go" ? join("go", recipe.module) : recipe.kind === "maven" ? join("maven", recipe.pom) : undefined;
  if (folder === undefined) return;
  for (const entry of readdirSync(join(TOOLCHAIN_FOLDER, folder), { withFileTypes: true, recursive: true }).sort(
    (a, b) => (a.name < b.name ? -1 : 1),
  )) {
    if (!entry.isFile() || entry.name.endsWith("_test.go")) continue;
    add(`${entry.name}\n`);
    add(readFileSync(join(entry.parentPath, entry.name)));
  }
}

/** The set a tool belongs to. */
export function setOf(tool: ToolName): ToolSetName {
  const found = (Object.keys(toolSets) as ToolSetName[]).find((name) => tool in toolSets[name].tools);
  if (found === undefined) throw new Error(`${tool} is no tool of toolchain/tools/catalogue/tools.ts`);
  return found;
}
