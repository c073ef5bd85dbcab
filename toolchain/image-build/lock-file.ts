import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SHIPPED } from "../roots/shipped.ts";
import type { Lockfile } from "./image-packages.ts";

/** What the package brings of this repository's lock file: npm packs none. */
export const SHIPPED_LOCK = "toolchain/image-build/locked.json";
/** Lock files of others than npm, which are inputs as a whole. */
const OTHERS = ["pnpm-lock.yaml", "yarn.lock"];

/** Read once per process: it is large, and a program asks for a dozen images. */
const read = new Map<string, Lockfile>();

/** npm's lock file of a folder, as far as it is there. */
export function lockfile(root: string): Lockfile {
  const lock = read.get(root) ?? parsed(["package-lock.json", SHIPPED_LOCK].map((file) => join(root, file)));
  read.set(root, lock);
  return lock;
}

/** The package with Node.js for that processor, as this version of Slipway was made with it. */
export function lockedNode(architecture: "x64" | "arm64", root = SHIPPED): { version: string; integrity: string } {
  const { version = "", integrity = "" } = lockfile(root).packages[`node_modules/node-linux-${architecture}`] ?? {};
  return { version, integrity };
}

/** Text of the lock files that other package managers left in a folder. */
export function otherLocks(root: string): string[] {
  return OTHERS.map((file) => join(root, file))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8"));
}

function parsed(files: readonly string[]): Lockfile {
  const found = files.find((file) => existsSync(file));
  return found === undefined ? { packages: {} } : (JSON.parse(readFileSync(found, "utf8")) as Lockfile);
}
