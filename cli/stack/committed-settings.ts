import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../terminal/user-error.ts";
import { isEmptyYaml, readStackFile } from "./stack-file.ts";

/** Settings in the `Pulumi.<stack>.yaml` of a project's folder; null without such a file. Throws everything that is wrong with it. */
export function committedSettings(project: string, stack: string): Readonly<Record<string, unknown>> | null {
  const name = `Pulumi.${stack}.yaml`;
  const text = textOf(join(project, name));
  if (text === null) return null;
  return stack === "dev" && isEmptyYaml(text) ? {} : readStackFile(name, text); // dev can do without a setting
}

/** Text of a settings file; null when it is not there. */
export function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    throw new UserError(`slipway: ${file} cannot be read: ${message}. Next: make it a file that you may read.`);
  }
}
