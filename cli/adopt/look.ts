import { dirname, relative, resolve } from "node:path";
import type { Source } from "../../model/words/source.ts";
import { BuildFault } from "../../toolchain/foreign/build-fault.ts";
import type { Said } from "../../toolchain/foreign/dockerfile/what-it-says.ts";
import { dockerfileOf, type ForeignBuild } from "../../toolchain/foreign/foreign-build.ts";
import { lookAtBuild } from "../scaffolds/found/look-at.ts";
import { type SourceFile, sourceFiles } from "../scaffolds/found/source-files.ts";
import type { Found } from "../scaffolds/found/what-was-found.ts";

/** What a look at a build gives: what was found, or why it could not be looked at. */
export type Look =
  | {
      readonly found: Found;
      readonly said: Said;
      /** Folder of the sources that are its own; empty where nobody can tell. */
      readonly sources: string;
    }
  | { readonly fault: string };

/** Looks at builds; a folder is read once, however many programs are built from it. */
export class Looks {
  readonly #folders = new Map<string, readonly SourceFile[]>();
  readonly #contexts = new Map<string, number>();

  /** `contexts` are the folders of all builds: what several share says nothing about one of them. */
  constructor(contexts: readonly string[]) {
    for (const context of contexts) this.#contexts.set(context, (this.#contexts.get(context) ?? 0) + 1);
  }

  at(build: ForeignBuild, source: Source): Look {
    try {
      const sources = this.#sourcesOf(build);
      return { ...lookAtBuild(build, source, this.filesIn(sources)), sources };
    } catch (error) {
      if (error instanceof BuildFault) return { fault: error.message.split("\n")[0] ?? "" };
      throw error;
    }
  }

  #sourcesOf(build: ForeignBuild): string {
    const context = resolve(build.context);
    const own = dirname(dockerfileOf(build));
    const isBelow = own !== context && !relative(context, own).startsWith("..");
    if (isBelow) return own;
    return (this.#contexts.get(context) ?? 0) > 1 ? "" : context;
  }

  /** The sources in a folder; none in no folder. */
  filesIn(folder: string): readonly SourceFile[] {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const files = folder === "" ? [] : sourceFiles(folder);
    this.#folders.set(folder, files);
    return files;
  }
}
