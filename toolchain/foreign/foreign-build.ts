import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { BuildFault } from "./build-fault.ts";

/** A folder with a Dockerfile that nobody here wrote, built as it is. */
export interface ForeignBuild {
  /** Absolute path of the folder that the Dockerfile copies from. */
  readonly context: string;
  /** Path of the Dockerfile from the context. Default: `Dockerfile`. */
  readonly dockerfile?: string;
  /** Stage that becomes the image. Default: the last one. */
  readonly target?: string;
  /** Values of the Dockerfile's `ARG`s. */
  readonly args?: Readonly<Record<string, string>>;
}

/** Where a build's Dockerfile lies. Throws a fault when the folder or the file is not there, with what is there instead. */
export function dockerfileOf({ context, dockerfile = "Dockerfile" }: ForeignBuild): string {
  if (!statSync(context, { throwIfNoEntry: false })?.isDirectory())
    throw new BuildFault(`there is no folder ${context}`, 'write the folder of the program in "build"');
  const file = resolve(context, dockerfile);
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  const found = dockerfilesIn(context);
  throw new BuildFault(
    `there is no ${relative(context, file)} in ${context}`,
    found.length > 0
      ? `write one of those that are there in "dockerfile": ${found.join(", ")}`
      : 'add a Dockerfile, or say in "image" or "make" where the image comes from',
  );
}

/** The folder and the name by which a builder is told of a Dockerfile. */
export function placeOf(build: ForeignBuild): { readonly folder: string; readonly name: string } {
  const file = dockerfileOf(build);
  return { folder: dirname(file), name: basename(file) };
}

/** What looks like a Dockerfile in the folder and those right below it. */
function dockerfilesIn(context: string): string[] {
  const below = readdirSync(context, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return ["", ...below.map(({ name }) => name)]
    .flatMap((folder) => readdirSync(join(context, folder)).map((name) => join(folder, name)))
    .filter((path) => /^dockerfile(\.|$)|\.dockerfile$/i.test(basename(path)) && !path.endsWith(".dockerignore"))
    .sort();
}
