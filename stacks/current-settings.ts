import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { COMMITTED } from "./settings.ts";

/**
 * Refuses settings that were written for this machine from a file of the repository that says something else by now, or
 * for another stack: plain `pulumi` in the shell of `slipway env` would deploy them.
 */
export async function assertCurrent(
  project: string,
  stack: string,
  config: Readonly<Record<string, string>>,
): Promise<void> {
  const before = config[COMMITTED];
  if (before === undefined) return; // the engine has read the repository's file itself
  const { parse } = await import("yaml"); // only here: it would cost every start of the program
  const file = `Pulumi.${stack}.yaml`;
  const now = parse(readFileSync(join(project, file), "utf8")) as { readonly config?: unknown } | null;
  if (isDeepStrictEqual(JSON.parse(before), now?.config ?? {})) return;
  throw new Error(
    `stack "${stack}": the settings of this shell are not those of ${file}: it was changed since, or the shell was made for another stack. Fix: eval "$(npx slipway env ${stack})"`,
  );
}
