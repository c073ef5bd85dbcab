import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { SHIPPED } from "../roots/shipped.ts";

/** Processor as Go, Debian and most publishers call it. */
export type Architecture = "amd64" | "arm64";
/** That of this machine. */
export const ARCHITECTURE: Architecture = process.arch === "arm64" ? "arm64" : "amd64";
/** Processor of this machine as Node.js calls it. */
export const NODE_ARCHITECTURE = process.arch === "arm64" ? "arm64" : "x64";
/** Folder of shared libraries in Debian packages. */
export const LIBRARY_FOLDER = process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";

/** This folder: recipes' own files are found from it. */
export const TOOLCHAIN_FOLDER = join(SHIPPED, "toolchain");

/** Absolute path of a program on PATH. */
export function findProgram(name: string, path = process.env["PATH"] ?? ""): string | undefined {
  const candidates = isAbsolute(name)
    ? [name]
    : path
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, name));
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
