import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Ignored } from "./dockerfile/ignored.ts";

/**
 * What a build sees of its context, a line each, in order: path, mode and content of every file, mode of every folder, target of every
 * link. Times and owners are not in it: they reach no image.
 */
export function contextFiles(context: string, ignored: Ignored): string[] {
  const lines: string[] = [];
  const visit = (folder: string): void => {
    for (const name of readdirSync(join(context, folder)).sort()) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const left = ignored.ignores(path);
      const { line, isFolder } = describe(join(context, path), left);
      if (!left && line !== undefined) lines.push(`${JSON.stringify(path)} ${line}`);
      if (isFolder && (!left || ignored.mayHold(path))) visit(path);
    }
  };
  visit("");
  return lines;
}

/** One entry; a file that is left out is not read. Sockets and pipes are nothing. */
function describe(file: string, left: boolean): { readonly line?: string; readonly isFolder: boolean } {
  const status = lstatSync(file);
  const mode = (status.mode & 0o7777).toString(8);
  if (status.isDirectory()) return { line: mode, isFolder: true };
  if (status.isSymbolicLink()) return { line: `-> ${readlinkSync(file)}`, isFolder: false };
  if (left || !status.isFile()) return { isFolder: false };
  return { line: `${mode} ${createHash("sha256").update(readFileSync(file)).digest("hex")}`, isFolder: false };
}
