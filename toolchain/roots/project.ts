import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { SHIPPED } from "./shipped.ts";

/** Where descriptions lie in a project: several, each with a folder of its own, or one beside Pulumi.yaml. */
const SEVERAL = "systems/index.ts";
const ONE = "system.ts";
/** Folder that `slipway init` writes into unless another is named. */
export const USUAL_FOLDER = "deploy";

/**
 * Folder of what the user owns, where Pulumi.yaml is: descriptions, settings of stacks, what is put together for builds.
 * This repository is a project of its own. For everybody else it is the nearest one above where the command was typed, or the
 * one in the usual folder there; without any, that place itself.
 */
export const PROJECT = isProject(SHIPPED) ? SHIPPED : projectFrom(process.cwd());

/** The project that a command typed in `folder` means. */
export function projectFrom(folder: string): string {
  for (let place = folder; ; place = dirname(place)) {
    for (const found of [place, join(place, USUAL_FOLDER)]) if (isProject(found)) return found;
    if (dirname(place) === place || existsSync(join(place, ".git"))) return folder;
  }
}

/** Whether the engine can work in a folder. */
export function isProject(folder: string): boolean {
  return existsSync(join(folder, "Pulumi.yaml"));
}

/** File with the descriptions of a project; undefined where it has none. */
export function descriptionsIn(project: string): string | undefined {
  return [SEVERAL, ONE].map((file) => join(project, file)).find((file) => existsSync(file));
}

/** Folder of a system's description, from the project's: what its paths are relative to. */
export function folderOf(system: string): string {
  return hasSeveral() ? `systems/${system}` : ".";
}

/** File of a system's description, from the project's folder, as somebody is told to mend it. */
export function fileOf(system: string): string {
  return hasSeveral() ? `systems/${system}/${ONE}` : ONE;
}

function hasSeveral(): boolean {
  return descriptionsIn(PROJECT) !== join(PROJECT, ONE);
}
