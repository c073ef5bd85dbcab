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
  return Object.entries(parseEnv(content)).map(([name, written = ""]) => {
    const single = new RegExp(`^\\s*(?:export\\s+)?${name.replaceAll(/[^\w]/g, "\\$&")}\\s*=\\s*'`, "m").test(content);
    const text = single ? written : substituted(written, values).text;
    values.set(name, text);
    return { name, text, at: { file, line: lineOf(content, name) } };
  });
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
