import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readSettings, type Settings } from "../../stacks/settings.ts";
import { systems } from "../../systems/index.ts";
import { projectFolder } from "../project/project-folder.ts";
import { UserError } from "../terminal/user-error.ts";

/** The settings of a stack, read before the engine runs, by the same rules as the program. */
export interface StackSettings extends Settings {
  readonly stack: string;
}

/** Reads `Pulumi.<stack>.yaml`; a stack without one has the defaults. */
export function readStackSettings(stack: string): StackSettings {
  const config = readConfig(join(projectFolder, `Pulumi.${stack}.yaml`));
  try {
    return {
      stack,
      ...readSettings(
        stack,
        config,
        systems.map(({ name }) => name),
      ),
    };
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error));
  }
}

function readConfig(file: string): Record<string, string> {
  try {
    const parsed = parse(readFileSync(file, "utf8")) as { config?: Record<string, unknown> } | null;
    return Object.fromEntries(Object.entries(parsed?.config ?? {}).map(([key, value]) => [key, asText(value)]));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new UserError(`slipway: ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The engine hands everything but text over as JSON. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
