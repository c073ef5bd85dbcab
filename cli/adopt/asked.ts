import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isDnsLabel } from "../../model/names.ts";
import { reasonOf } from "../checking/reason.ts";
import { UserError } from "../terminal/user-error.ts";
import { composeFilesIn } from "./compose/load.ts";

/** What a command line asks for. */
export interface Asked {
  readonly kind: "compose" | "manifests";
  readonly paths: readonly string[];
  readonly profiles: readonly string[];
  readonly envFiles: readonly string[];
  readonly name: string | undefined;
  /** Folder of the description. */
  readonly into: string;
}

export const USAGE =
  "Usage: slipway adopt PATH… [--into FOLDER] [--name NAME] [-f FILE]… [--profile NAME]… [--env-file FILE]…; PATH is a file of Compose, its folder, a folder or files of Kubernetes manifests, or - for standard input.";

const OPTIONS = {
  file: { type: "string", short: "f", multiple: true },
  profile: { type: "string", multiple: true },
  "env-file": { type: "string", multiple: true },
  name: { type: "string" },
  into: { type: "string" },
} as const;

/** Reads the command line. Throws for what it does not understand. */
export function askedBy(args: readonly string[]): Asked {
  const { values, positionals } = parsed(args);
  const { file: named = [], profile: profiles = [], "env-file": envFiles = [] } = values;
  if (named.length + positionals.length === 0) throw new UserError(`slipway adopt: nothing is named. ${USAGE}`);
  if (values.name !== undefined && !isDnsLabel(values.name))
    throw new UserError(
      `slipway adopt: --name "${values.name}" is no DNS label (lower-case letters, digits and "-", first a letter).`,
    );
  const missing = [...named, ...positionals].filter((path) => path !== "-" && !existsSync(path));
  if (missing.length > 0)
    throw new UserError(missing.map((path) => `slipway adopt: ${path}: no such file or folder`).join("\n"));
  const found = positionals.map((path) => ({ path, compose: composeAt(path) }));
  const compose = [...found.flatMap((one) => one.compose), ...named];
  const manifests = found.filter((one) => one.compose.length === 0).map(({ path }) => path);
  if (compose.length > 0 && manifests.length > 0)
    throw new UserError(
      `slipway adopt: ${compose.join(", ")} is of Compose and ${manifests.join(", ")} is not; adopt one of the two: they would describe the same programs twice.`,
    );
  return {
    kind: compose.length > 0 ? "compose" : "manifests",
    paths: compose.length > 0 ? compose : manifests,
    profiles,
    envFiles,
    name: values.name,
    into: resolve(values.into ?? "."),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UserError(`slipway adopt: ${reasonOf(error)}. ${USAGE}`);
  }
}

/** The files of Compose that a path stands for; none where it stands for manifests. */
function composeAt(path: string): string[] {
  if (path === "-") return [];
  if (statSync(path).isDirectory()) return composeFilesIn(path);
  const isNamed = /compose[^/]*\.ya?ml$/i.test(basename(path));
  const text = isNamed ? "" : readFileSync(path, "utf8");
  return isNamed || (/^(services|include)\s*:/m.test(text) && !/^apiVersion\s*:/m.test(text)) ? [path] : [];
}

/** The name of a folder, for a system that nobody has named. */
export function folderName({ kind, paths, into }: Asked): string {
  const [first = "."] = paths;
  return kind === "compose" ? basename(dirname(resolve(first))) : basename(into);
}
