import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { SHIPPED } from "../toolchain/roots/shipped.ts";
import { DOORS, LEFT_OUT, PROGRAMS } from "./doors.ts";
import { reached } from "./reached.ts";

const COMPILED = join(SHIPPED, "dist/compiled");

/** Compiles what the doors and programs of the package need into its folder, with maps to the lines of the sources, and types for what doors show. */
export function writeCode(folder: string): void {
  compile();
  const entries = [...Object.values(DOORS), ...PROGRAMS].map((file) => file.replace(/\.ts$/, ".js"));
  for (const file of reached(COMPILED, entries, [LEFT_OUT])) {
    place(folder, file, readFileSync(join(COMPILED, file), "utf8"));
    place(folder, `${file}.map`, withOwnName(file, readFileSync(join(COMPILED, `${file}.map`), "utf8")));
  }
  const declarations = Object.values(DOORS).map((file) => file.replace(/\.ts$/, ".d.ts"));
  for (const file of reached(COMPILED, declarations))
    place(folder, file, readFileSync(join(COMPILED, file), "utf8").replaceAll(SOURCE, "$1.js$2"));
}

/** The compiler leaves the names of sources in declarations, and not every version of it takes them from there. */
const SOURCE = /((?:\bfrom\s*|\bimport\s*\(\s*)"\.[^"]+)\.ts(")/g;

function compile(): void {
  rmSync(COMPILED, { recursive: true, force: true });
  const compiler = join(SHIPPED, "node_modules/typescript-native/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", join(SHIPPED, "packaging/tsconfig.json")], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the package cannot be compiled:\n${stdout}`);
}

/** Sources are not packed, which would double it; their names and lines are what a stack trace needs. */
function withOwnName(file: string, map: string): string {
  return JSON.stringify({ ...(JSON.parse(map) as object), sources: [basename(file).replace(/\.js$/, ".ts")] });
}

function place(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
