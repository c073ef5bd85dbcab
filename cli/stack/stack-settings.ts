import { COMMITTED, readSettings, type Settings } from "../../stacks/settings.ts";
import { systemNames } from "../../model/system-names.ts";
import { systems } from "../project/described.ts";
import { projectFolder } from "../project/project-folder.ts";
import { UserError } from "../terminal/user-error.ts";
import { committedSettings } from "./committed-settings.ts";
import { settingsHere } from "./settings-here.ts";

/** The settings of a stack, read before the engine runs, by the same rules as the program. */
export interface StackSettings extends Settings {
  readonly stack: string;
}

/** Reads the settings of a stack as they hold on this machine; a stack without any has the defaults. */
export function readStackSettings(stack: string): StackSettings {
  const written = { ...settingsHere(projectFolder, stack), [COMMITTED]: committedSettings(projectFolder, stack) ?? {} };
  const config = Object.entries(written).map(([key, value]) => [key, asText(value)]);
  const known = systemNames(systems);
  try {
    return { stack, ...readSettings(stack, Object.fromEntries(config), known) };
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error));
  }
}

/** The engine hands everything but text over as JSON. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
