import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type SourceFile, sourceFiles } from "../../scaffolds/found/source-files.ts";
import { spokenOf } from "../edges/spoken-of.ts";
import type { Program } from "../program.ts";

/** How far programs are looked for below a folder. */
const MOST = { depth: 5, folders: 3000 };
const PASSED_OVER = /^(\..*|node_modules|vendor|target|dist|venv|__pycache__)$/;

/**
 * Programs with their sources, where folders below this one are called like them: settings that several programs share
 * can then be told from those that one of them asks for. Nothing is looked for where none are shared.
 */
export function withSources(programs: readonly Program[], root: string): readonly Program[] {
  const sharing = programs.filter(({ variables }) => variables.some(({ shared }) => shared !== undefined));
  if (sharing.length === 0) return programs;
  const folders = Map.groupBy(foldersBelow(root), (folder) => basename(folder).toLowerCase());
  return programs.map((program) => {
    if (!sharing.includes(program)) return program;
    const speaksOf = spokenOf(largest(namesOf(program).flatMap((name) => folders.get(name) ?? [])));
    return speaksOf === undefined ? program : { ...program, speaksOf };
  });
}

function namesOf({ name, aliases, base }: Program): string[] {
  const image = base.split("@")[0]?.split("/").at(-1)?.split(":")[0] ?? "";
  return [...new Set([name, ...aliases, image])].map((one) => one.toLowerCase());
}

/** Of several folders of one name, manifests beside sources among them, the one with most of a program in it. */
function largest(folders: readonly string[]): readonly SourceFile[] {
  const all = folders.map((folder) => sourceFiles(folder).filter(({ path }) => !/\.ya?ml$/.test(path)));
  return all.reduce<readonly SourceFile[]>((most, files) => (files.length > most.length ? files : most), []);
}

function foldersBelow(root: string): string[] {
  const found: string[] = [];
  let level = [root];
  for (let depth = 0; depth < MOST.depth && level.length > 0; depth += 1) {
    level = level.flatMap((folder) => (found.length < MOST.folders ? foldersIn(folder) : []));
    found.push(...level);
  }
  return found.slice(0, MOST.folders);
}

function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((one) => one.isDirectory() && !PASSED_OVER.test(one.name))
      .map(({ name }) => join(folder, name));
  } catch {
    return []; // what may not be read tells nothing
  }
}
