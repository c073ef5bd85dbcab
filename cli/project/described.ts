import { pathToFileURL } from "node:url";
import type { System } from "../../model/system.ts";
import { descriptionsIn, PROJECT } from "../../toolchain/roots/project.ts";
import { UserError } from "../terminal/user-error.ts";

/** Every system that the project describes: what the file with its descriptions exports, one by one or as a list. */
export const systems: readonly System[] = await describedIn(PROJECT);

/** The systems that the project in a folder describes. Throws where it has no description, or one that exports none. */
export async function describedIn(project: string): Promise<readonly System[]> {
  const file = descriptionsIn(project);
  if (file === undefined)
    throw new UserError(
      `slipway: there is no description in ${project}: neither a Pulumi.yaml with a system.ts beside it, nor a folder deploy/ with them. Next: go to the project's folder, or make one here: npx slipway init`,
    );
  if (process.features.typescript === false)
    throw new UserError(
      `slipway: ${file} is TypeScript, which Node.js reads by itself from 22.18 on; this is ${process.versions.node}. Next: run the command with a newer one`,
    );
  const found = Object.values((await import(pathToFileURL(file).href)) as Record<string, unknown>)
    .flat()
    .filter(isSystem);
  if (found.length === 0)
    throw new UserError(
      `slipway: ${file} exports no system. Next: write \`export const shop = defineSystem({ … })\` into it`,
    );
  return [...new Set(found)];
}

/** What is meant as a description; what is wrong with it is said where it is checked. */
function isSystem(value: unknown): value is System {
  return typeof value === "object" && value !== null && "services" in value;
}
