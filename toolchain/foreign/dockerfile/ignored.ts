import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import dockerignore from "@balena/dockerignore";

/** What a build does not see of its context. */
export interface Ignored {
  /** Whether a file or folder, by its path from the context, is left out. */
  readonly ignores: (path: string) => boolean;
  /** Whether something below a folder that is left out may be taken in again (`!docs/api.md`). */
  readonly mayHold: (folder: string) => boolean;
}

/** The rules of a build: the file beside its Dockerfile (`api.Dockerfile.dockerignore`), else the one of the context, else none. */
export function ignoredOf(context: string, dockerfile: string): Ignored {
  const file = [`${dockerfile}.dockerignore`, join(context, ".dockerignore")].find((path) => existsSync(path));
  return ignoredBy(file === undefined ? "" : readFileSync(file, "utf8"));
}

/** The rules that a .dockerignore file gives. */
export function ignoredBy(text: string): Ignored {
  const rules = dockerignore.default({ ignorecase: false }).add(text);
  const again = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.startsWith("!"))
    .map((line) =>
      line
        .slice(1)
        .trim()
        .replace(/^\/+|\/+$/g, ""),
    );
  return {
    ignores: (path) => rules.ignores(path),
    mayHold: (folder) => again.some((pattern) => reaches(pattern, folder)),
  };
}

/** Whether a pattern may name something below a folder; what stands after its first wildcard may be anything. */
function reaches(pattern: string, folder: string): boolean {
  const wildcard = pattern.search(/[*?[\\]/);
  if (wildcard < 0) return `${pattern}/`.startsWith(`${folder}/`);
  const fixed = pattern.slice(0, wildcard);
  return fixed.startsWith(`${folder}/`) || `${folder}/`.startsWith(fixed);
}
