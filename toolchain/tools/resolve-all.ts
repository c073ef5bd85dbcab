import { availability } from "./availability.ts";
import { fetchModules } from "./sources/build-go.ts";
import { inspectEntry } from "./cache-entry.ts";
import { cacheHome } from "../machine/cache-folders.ts";
import { requireDiskSpace, requireWritable } from "../machine/disk-space.ts";
import { findInstalled } from "./installed.ts";
import { duration, standardProgress, type Progress } from "../machine/progress.ts";
import { Pace } from "./pace.ts";
import { entryFolder, resolve, setOf } from "./resolve.ts";
import { ToolError } from "../machine/tool-error.ts";
import { toolSets, type ToolName, type ToolSetName } from "./catalogue/tools.ts";

/**
 * Makes several tools available. The disk is looked at once for all of them before anything begins, each step says how many
 * follow, and modules of later sets are downloaded while earlier ones compile.
 */
export async function resolveAll(tools: readonly ToolName[], progress: Progress = standardProgress()): Promise<void> {
  const missing = await missingSets(tools);
  if (missing.length === 0) return;
  await requireHad(missing);
  await requireWritable(cacheHome());
  await requireDiskSpace(
    cacheHome(),
    missing.reduce((sum, name) => sum + toolSets[name].megabytes, 0),
    `getting ${missing.join(", ")}`,
  );
  const pace = new Pace();
  const ended = new AbortController();
  void fetchAhead(missing.slice(1), progress, ended.signal).catch(() => undefined); // what fails here fails again, and is told, when it is built
  try {
    for (const [index, name] of missing.entries()) {
      const tool = tools.find((candidate) => setOf(candidate) === name);
      if (tool === undefined) continue;
      const began = performance.now();
      await resolve(tool, numbered(progress, index, missing, pace));
      pace.done(toolSets[name].minutes * 60, (performance.now() - began) / 1000);
    }
  } finally {
    ended.abort();
  }
}

/** Ends before any work where a tool cannot be had at all, with the reasons of all of them. */
async function requireHad(missing: readonly ToolSetName[]): Promise<void> {
  const sets = Object.fromEntries(
    Object.entries(toolSets).filter(([name]) => name === "go" || missing.some((wanted) => wanted === name)),
  );
  const lacking = (await availability(sets)).filter(({ state }) => state === "cannot be had");
  if (lacking.length === 0) return;
  throw new ToolError(
    lacking.map(({ name, version, where }) => `${name} ${version} cannot be had: ${where}.`).join("\n"),
    "mend that and run the command again; slipway doctor shows where every tool comes from",
  );
}

async function missingSets(tools: readonly ToolName[]): Promise<ToolSetName[]> {
  const missing: ToolSetName[] = [];
  for (const name of new Set(tools.map(setOf))) {
    const { state } = await inspectEntry(entryFolder(name, toolSets[name]));
    if (state !== "good" && !(await findInstalled(toolSets[name]))) missing.push(name);
  }
  return missing;
}

async function fetchAhead(names: readonly ToolSetName[], progress: Progress, signal: AbortSignal): Promise<void> {
  const go = await resolve("go", progress);
  for (const recipe of names.flatMap((name) => [...toolSets[name].build])) {
    if (recipe.kind === "go" && !signal.aborted) await fetchModules(recipe, go, signal);
  }
}

/** Steps that say which of how many they are, and what follows takes on this machine. */
function numbered(progress: Progress, index: number, names: readonly ToolSetName[], pace: Pace): Progress {
  const rest = pace.here(names.slice(index + 1).reduce((sum, name) => sum + toolSets[name].minutes * 60, 0));
  const here = (usual: number | undefined) => (usual === undefined ? undefined : pace.here(usual));
  const place = `${index + 1} of ${names.length}${rest > 0 ? `, then about ${duration(rest)} more` : ""}`;
  return { step: (title, expectedSeconds) => progress.step(`${title} [${place}]`, here(expectedSeconds)) };
}
