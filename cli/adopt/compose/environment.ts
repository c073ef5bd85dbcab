import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { Place, Problems } from "../reading/place.ts";
import { shownPath } from "../reading/shown-path.ts";
import { type Environment, substituted } from "./interpolate.ts";

/** One line of a file of variables. */
export interface Line {
  readonly name: string;
  readonly text: string;
  readonly at: Place;
}

/** The variables of a file such as `.env`, with their lines. A value may name those before it. */
export function linesOf(path: string, known: Environment = new Map()): Line[] {
  const content = readFileSync(path, "utf8");
  const file = shownPath(path);
  const values = new Map(known);
  // Node gives them in the order of their names; a value may name those on the lines before it.
  const written = Object.entries(parseEnv(content)).map(([name, value = ""]) => ({
    name,
    value,
    line: lineOf(content, name),
  }));
  return written
    .toSorted((a, b) => a.line - b.line)
    .map(({ name, value, line }) => {
      const text = isLiteral(content, line) ? value : substituted(value, values).text;
      values.set(name, text);
      return { name, text, at: { file, line } };
    });
}

/** In single quotes a dollar is a dollar. */
function isLiteral(content: string, line: number): boolean {
  return /^[^=]*=\s*'/.test(content.split("\n")[line - 1] ?? "");
}

function lineOf(content: string, name: string): number {
  const lines = content.split("\n");
  return (
    Math.max(
      0,
      lines.findLastIndex((line) => line.replace(/^\s*(?:export\s+)?/, "").startsWith(name)),
    ) + 1
  );
}

/** What a `.env` in the folder and the files named on the command line set; the later wins. */
export function environmentOf(folder: string, files: readonly string[], problems: Problems): Environment {
  const own = join(folder, ".env");
  const values = new Map<string, string>();
  for (const file of files.length > 0 ? files : existsSync(own) ? [own] : []) {
    if (!existsSync(file))
      problems.add({ file: shownPath(file), line: 1 }, "no such file; it is named as a file of variables");
    else for (const { name, text } of linesOf(file, values)) values.set(name, text);
  }
  return values;
}
