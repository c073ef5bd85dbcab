import { dirname, join } from "node:path";
import { findProgram } from "./machine.ts";
import type { Installed, ToolSet } from "./recipe.ts";
import { runProgram } from "./run-program.ts";

/** Path of each tool of a set that the machine has in a version that fits; undefined when any is missing. */
export async function findInstalled(set: ToolSet): Promise<Readonly<Record<string, string>> | undefined> {
  const wanted = set.installed;
  const program = wanted && findProgram(wanted.program);
  if (!wanted || !program) return undefined;
  const found: Record<string, string> = {};
  for (const tool of Object.keys(set.tools)) {
    const path = tool === wanted.program ? program : findProgram(join(dirname(program), tool));
    if (path === undefined) return undefined;
    found[tool] = path;
  }
  return (await fits(program, wanted)) ? found : undefined;
}

async function fits(program: string, wanted: Installed): Promise<boolean> {
  try {
    const version = /\d+\.\d+(\.\d+)?/.exec(await runProgram(program, wanted.arguments))?.[0];
    return version !== undefined && compareVersions(version, wanted.from) >= 0 && compareVersions(version, wanted.below) < 0;
  } catch {
    return false;
  }
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
