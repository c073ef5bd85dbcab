import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { SystemPlan } from "../../model/plan.ts";
import type { Traffic } from "../../model/words/traffic.ts";
import { folderOf } from "../../toolchain/roots/project.ts";
import { projectFolder } from "../project/project-folder.ts";
import { UserError } from "../terminal/user-error.ts";

/** What users ask of a system: its own file, or what follows from its public routes. */
export async function trafficOf(plan: SystemPlan): Promise<Traffic> {
  const file = join(folderOf(plan.name), "traffic.ts");
  if (!existsSync(join(projectFolder, file))) return derivedTraffic(plan);
  const { traffic } = (await import(pathToFileURL(join(projectFolder, file)).href)) as { traffic?: Traffic };
  if (traffic === undefined)
    throw new UserError(`slipway prove: ${file} exports no "traffic". Fix: export const traffic: Traffic = { … }`);
  return traffic;
}

/** Paths that anyone may read without knowing anything. */
function derivedTraffic({ entry }: SystemPlan): Traffic {
  const open = (entry?.routes ?? []).filter(
    ({ method, path, host, scopes }) =>
      (method === null || method === "GET") && host === null && scopes === null && !/[*{:]/.test(path),
  );
  return { reads: open.map(({ path }) => path), write: null, effects: [] };
}
