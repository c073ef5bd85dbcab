import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { bundle } from "../toolchain/image-build/image-bundle.ts";
import { imageRecipe } from "../toolchain/image-build/image-recipe.ts";
import type { Lockfile } from "../toolchain/image-build/image-packages.ts";
import { SHIPPED_LOCK } from "../toolchain/image-build/lock-file.ts";
import { SHIPPED } from "../toolchain/roots/shipped.ts";

/** What is read or started beside the code, as git lists it. */
const BESIDE = [
  "LICENSE",
  "cli/dashboards/browser",
  "experiments/report/browser",
  "docs/policies",
  "docs/policies.md",
  "docs/runbooks",
  "policies/PulumiPolicy.yaml",
  "policies/served/apis.json",
  "policies/start.cjs",
  "toolchain/foreign/bases/recipes",
  "toolchain/go",
  "toolchain/images",
  "toolchain/maven",
];

/** Images whose program is in the package already, so that nobody needs a bundler for them. */
const BUNDLED = ["job", "mail-sink"];

/** Copies into the package what its code reads, and makes the programs of its own images. */
export async function writeFiles(folder: string): Promise<void> {
  for (const file of tracked(BESIDE)) copy(file, folder);
  copy("packaging/README.md", folder, "README.md");
  copy("packaging/bin.mjs", folder, "bin.mjs");
  const pack = JSON.parse(readFileSync(join(SHIPPED, "policies/package.json"), "utf8")) as { readonly main: string };
  write(folder, "policies/package.json", { ...pack, main: pack.main.replace(/\.ts$/, ".js") });
  write(folder, SHIPPED_LOCK, { packages: lockedNode() });
  for (const name of BUNDLED) {
    const { entry = "" } = imageRecipe(name).bundle ?? {};
    const file = join(folder, "toolchain/bundles", `${name}.mjs`);
    await bundle(SHIPPED, entry, file);
    writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file))); // a fifth of the size
    rmSync(file);
  }
}

/** Files of the repository below these paths, without tests: those of programs in Go are no input of anything. */
function tracked(paths: readonly string[]): string[] {
  const options = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", ...paths];
  const listed = execFileSync("git", options, { cwd: SHIPPED, encoding: "utf8" });
  return listed
    .trim()
    .split("\n")
    .filter((file) => !file.endsWith("_test.go") && !file.endsWith(".ts"));
}

/** The two packages with Node.js of the lock file, which npm does not pack. */
function lockedNode(): Lockfile["packages"] {
  const { packages } = JSON.parse(readFileSync(join(SHIPPED, "package-lock.json"), "utf8")) as Lockfile;
  return Object.fromEntries(Object.entries(packages).filter(([path]) => path.startsWith("node_modules/node-linux-")));
}

function copy(file: string, folder: string, to = file): void {
  mkdirSync(dirname(join(folder, to)), { recursive: true });
  cpSync(join(SHIPPED, file), join(folder, to));
}

function write(folder: string, file: string, content: object): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${JSON.stringify(content, null, 2)}\n`);
}
