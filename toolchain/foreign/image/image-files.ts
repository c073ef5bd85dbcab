import { posix } from "node:path";
import type { ImageStore, Manifest } from "../../image-build/image-store.ts";
import { runProgram } from "../../machine/run-program.ts";

/** A file, folder or link of an image. */
export interface ImageFile {
  /** As `ls -l` draws it, such as `-rwxr-xr-x`. */
  readonly mode: string;
  readonly user: number;
  readonly group: number;
  /** Where a link leads. */
  readonly target: string | undefined;
}

/** A folder that no layer names is made like this. */
const OPEN_FOLDER: ImageFile = { mode: "drwxr-xr-x", user: 0, group: 0, target: undefined };
/** A chain of links that is longer leads in a circle. */
const MOST_LINKS = 40;
/** How `tar` lists with numbers: mode, user/group, size, day, time, path, and where a link leads. */
const LINE = /^([a-z-][rwxsStT-]{9})\S* (\d+)\/(\d+) +\S+ \S+ \S+ (.*)$/;

/** All files of an image, by their absolute paths, as its layers leave them. */
export class ImageFiles {
  readonly #files = new Map<string, ImageFile>([["/", OPEN_FOLDER]]);

  /** Reads the layers, the lowest first. */
  static async of(store: ImageStore, { layers }: Manifest): Promise<ImageFiles> {
    const files = new ImageFiles();
    for (const { digest } of layers)
      files.lay(await runProgram("tar", ["--numeric-owner", "-tvf", store.blob(digest)]));
    return files;
  }

  /** Puts a layer on, as `tar -tv` lists it. Names that begin with ".wh." take away what lies below. */
  lay(listing: string): void {
    for (const line of listing.split("\n")) {
      const [, mode = "", user, group, rest = ""] = LINE.exec(line) ?? [];
      if (mode === "") continue;
      const [name = "", target] = rest.split(mode.startsWith("h") ? " link to " : " -> ");
      const path = posix.resolve("/", name);
      const hidden = /^\.wh\.(.*)$/.exec(posix.basename(path))?.[1];
      for (const folder of this.above(path)) if (!this.#files.has(folder)) this.#files.set(folder, OPEN_FOLDER);
      if (hidden === undefined) this.#files.set(path, { mode, user: Number(user), group: Number(group), target });
      else this.#hide(posix.dirname(path), hidden);
    }
  }

  /** The file that a path leads to through all links; undefined where there is none. */
  find(path: string, left = MOST_LINKS): { readonly path: string; readonly file: ImageFile } | undefined {
    const full = posix.resolve("/", path);
    if (left === 0) return undefined;
    if (full === "/") return { path: full, file: this.#files.get("/") ?? OPEN_FOLDER };
    const folder = this.find(posix.dirname(full), left - 1);
    if (folder === undefined) return undefined;
    const here = posix.join(folder.path, posix.basename(full));
    const file = this.#files.get(here);
    if (file?.target === undefined) return file && { path: here, file };
    return this.find(posix.resolve(file.mode.startsWith("h") ? "/" : folder.path, file.target), left - 1);
  }

  /** The folders above a path, the outermost first. */
  above(path: string): string[] {
    const parts = path.split("/").slice(1, -1);
    return ["/", ...parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`)];
  }

  /** An opaque folder (".wh..wh..opq") shows nothing of what lay in it. */
  #hide(folder: string, name: string): void {
    const gone = name === ".wh..opq" ? `${folder === "/" ? "" : folder}/` : posix.join(folder, name);
    for (const path of this.#files.keys())
      if (path !== "/" && (gone.endsWith("/") ? path.startsWith(gone) : path === gone || path.startsWith(`${gone}/`)))
        this.#files.delete(path);
  }
}
