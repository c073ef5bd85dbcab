import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import { BuildFault } from "./build-fault.ts";
import { contextFiles } from "./context-files.ts";
import type { MadeImage } from "./made-image.ts";

/** Hash of a command and of all that it watches. Throws a fault when a pattern names nothing: a change would not be seen. */
export function madeHash({ folder, make, watches }: MadeImage): string {
  const found = watches.map((pattern) => ({ pattern, paths: globSync(pattern, { cwd: folder }) }));
  const empty = found.filter(({ paths }) => paths.length === 0).map(({ pattern }) => pattern);
  if (empty.length > 0 || watches.length === 0)
    throw new BuildFault(
      `"watches" names no file in ${folder}${empty.length > 0 ? `: ${empty.join(", ")}` : ""}`,
      'name the files that the image is made from, such as "src/**" and "pom.xml"',
    );
  const paths = new Set(found.flatMap((entry) => entry.paths));
  const above = new Set([...paths].flatMap(foldersOf));
  const seen = {
    ignores: (path: string) => ![path, ...foldersOf(path)].some((watched) => paths.has(watched)),
    mayHold: (folder: string) => above.has(folder),
  };
  return createHash("sha256")
    .update([make, ...contextFiles(folder, seen)].join("\n"))
    .digest("hex")
    .slice(0, 16);
}

/** The folders that a path lies in. */
function foldersOf(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
