import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { stagesOf } from "../../../toolchain/foreign/dockerfile/stages.ts";
import { type Said, whatItSays } from "../../../toolchain/foreign/dockerfile/what-it-says.ts";
import { baseName } from "../../../toolchain/foreign/bases/base-name.ts";
import { BuildFault } from "../../../toolchain/foreign/build-fault.ts";
import { dockerfileOf, type ForeignBuild } from "../../../toolchain/foreign/foreign-build.ts";
import { publishedFacts } from "../../../toolchain/foreign/registry/published-facts.ts";
import { UserError } from "../../terminal/user-error.ts";
import type { Source } from "../../../model/words/source.ts";
import { type SourceFile, sourceFiles } from "./source-files.ts";
import { type Found, whatWasFound } from "./what-was-found.ts";

/** Looks at a folder, a Dockerfile or an image. Paths in the entry are relative to the folder of the description. */
export async function lookAt(from: string, description: string): Promise<Found> {
  const path = resolve(from);
  if (existsSync(path)) return lookAtFolder(path, description);
  const name = /^[./~]/.test(from) ? undefined : baseName(from);
  if (name === undefined)
    throw new UserError(
      `slipway new: --from found "${from}", where there is no folder, and which is no name of an image. Allowed: a folder with a Dockerfile, a Dockerfile, or an image such as registry.example.com/orders:1.2`,
    );
  const source = { image: from };
  try {
    const { user, ports, entrypoint, command } = await publishedFacts(name);
    return whatWasFound(source, { user, ports, entrypoint, command, variables: {} }, []);
  } catch (error) {
    if (!(error instanceof BuildFault)) throw error;
    const { open, ...found } = whatWasFound(source, NOTHING, []);
    return { ...found, open: [`what is in the image: ${error.message.split("\n")[0]}`, ...open] };
  }
}

const NOTHING = { user: undefined, ports: [], entrypoint: undefined, command: undefined, variables: {} } as const;

function lookAtFolder(path: string, description: string): Found {
  const isFile = statSync(path).isFile();
  const context = isFile ? dirname(path) : path;
  const name = isFile ? basename(path) : "Dockerfile";
  const build = { context, dockerfile: name };
  orUserError(() => dockerfileOf(build));
  const folder = relative(description, context) || ".";
  const source = { build: folder, ...(name !== "Dockerfile" && { dockerfile: name }) };
  return lookAtBuild(build, source, sourceFiles(context)).found;
}

/** Looks at what is built, whose Dockerfile has to be there, and says what it starts from. Throws a fault for a stage that it has not. */
export function lookAtBuild(
  build: ForeignBuild,
  source: Source,
  files: readonly SourceFile[],
): { readonly found: Found; readonly said: Said } {
  const said = whatItSays(stagesOf(readFileSync(dockerfileOf(build), "utf8"), build.args), build.target);
  return { found: whatWasFound(source, said, files), said };
}

function orUserError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof BuildFault ? new UserError(`slipway new: ${error.message}`) : error;
  }
}
