import { dirname, join } from "node:path";
import { findProgram } from "../machine/machine.ts";
import type { Installed, ToolSet } from "./catalogue/recipe.ts";
import { runProgram } from "../machine/run-program.ts";

/** Tools that are on the machine already. */
export interface Found {
  readonly version: string;
  /** Tool name → absolute path. */
  readonly paths: Readonly<Record<string, string>>;
}

/** The tools of a set that the machine has in a version that fits; undefined when any is missing. */
export async function findInstalled(set: ToolSet): Promise<Found | undefined> {
  const wanted = set.installed;
  const program = wanted && findProgram(wanted.program);
  if (!wanted || !program) return undefined;
  const paths: Record<string, string> = {};
  for (const tool of Object.keys(set.tools)) {
    const path = tool === wanted.program ? program : findProgram(join(dirname(program), tool));
    if (path === undefined) return undefined;
    paths[tool] = path;
  }
  const version = await versionOf(program, wanted);
  if (version === undefined || compareVersions(version, wanted.from) < 0 || compareVersions(version, wanted.below) >= 0)
    return undefined;
  return { version, paths };
}

async function versionOf(program: string, wanted: Installed): Promise<string | undefined> {
  const output = await runProgram(program, wanted.arguments).catch(() => ""); // one that does not even start is of no use
  return /\d+\.\d+(\.\d+)?/.exec(output)?.[0];
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`; missing parts count as 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
