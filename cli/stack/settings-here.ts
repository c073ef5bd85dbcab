import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse, stringify } from "yaml";
import { writeAtomically } from "../../toolchain/machine/write-atomically.ts";
import { COMMITTED } from "../../stacks/settings.ts";
import { committedSettings, textOf } from "./committed-settings.ts";
import { readStackFile } from "./stack-file.ts";

type Config = Readonly<Record<string, unknown>>;

/** Below the project, and ignored by git: what the engine reads and writes on this machine. */
const FOLDER = ".slipway";
const HEADER = `# Made by slipway for the engine on this machine: the settings of the repository, and over them what is set here alone.
# Set something for this machine: pulumi config set KEY VALUE -s dev (in the shell of \`slipway env\`), or change it here.
`;

/** Settings of a stack on this machine: those of the repository, and over them what was set here alone. */
export function settingsHere(project: string, stack: string): Config {
  return { ...committedSettings(project, stack), ...ownSettings(project, stack) };
}

/**
 * Writes the settings of this machine where the engine finds them, in a small project of its own so that also a new stack
 * leaves its salt there; what the engine keeps there besides stays. Answers the file.
 */
export function writeSettingsHere(project: string, stack: string): string {
  const { name, runtime } = parse(textOf(join(project, "Pulumi.yaml")) ?? "{}") as { name?: string; runtime?: unknown };
  writeAtomically(join(project, FOLDER, "Pulumi.yaml"), stringify({ name, runtime }));
  const file = fileHere(project, stack);
  const config = { ...settingsHere(project, stack), [COMMITTED]: committedSettings(project, stack) ?? {} };
  const kept = parse(textOf(file) ?? "{}") as Record<string, unknown> | null;
  writeAtomically(file, HEADER + stringify({ ...kept, config }));
  return file;
}

/** Where the engine reads a stack's settings on this machine. */
export function fileHere(project: string, stack: string): string {
  return join(project, FOLDER, `Pulumi.${stack}.yaml`);
}

/** What was set on this machine alone: whatever differs from the repository as it was when the file was written last. */
function ownSettings(project: string, stack: string): Config {
  const text = textOf(fileHere(project, stack));
  const { [COMMITTED]: before = {}, ...config } =
    text === null ? {} : readStackFile(`${FOLDER}/Pulumi.${stack}.yaml`, text);
  const changed = ([key, value]: [string, unknown]) => !isDeepStrictEqual((before as Config)[key], value);
  return Object.fromEntries(Object.entries(config).filter(changed));
}
