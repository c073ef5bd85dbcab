import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SHIPPED } from "../toolchain/roots/shipped.ts";
import { writeCode } from "./code.ts";
import { writeFiles } from "./files.ts";
import { type OwnManifest, packageManifest } from "./manifest.ts";

/** Makes the npm package below `dist/`, which git ignores; answers its file. Nothing is published. */
export async function pack(): Promise<string> {
  const dist = join(SHIPPED, "dist");
  const folder = join(dist, "package");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeCode(folder);
  await writeFiles(folder);
  const own = JSON.parse(readFileSync(join(SHIPPED, "package.json"), "utf8")) as OwnManifest;
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(packageManifest(own), null, 2)}\n`);
  const options = ["pack", "--json", "--pack-destination", dist];
  const [packed] = JSON.parse(execFileSync("npm", options, { cwd: folder, encoding: "utf8" })) as [
    { filename: string },
  ];
  return join(dist, packed.filename);
}

if (import.meta.main) process.stdout.write(`${await pack()}\n`);
