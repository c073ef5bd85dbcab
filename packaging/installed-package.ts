import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SHIPPED } from "../toolchain/roots/shipped.ts";
import { pack } from "./pack.ts";

/** A folder outside this repository with the packed package unpacked in it, and its peers as they are installed here. The caller removes it. */
export async function installedPackage(purpose: string): Promise<string> {
  const tarball = await pack();
  const folder = mkdtempSync(join(tmpdir(), `slipway-${purpose}-`));
  const slipway = join(folder, "node_modules/slipway");
  mkdirSync(slipway, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", slipway, "--strip-components=1"]);
  writeFileSync(join(folder, "package.json"), '{ "name": "theirs", "private": true, "type": "module" }');
  const here = join(SHIPPED, "node_modules");
  for (const name of readdirSync(here).filter((each) => !each.startsWith(".")))
    for (const each of name.startsWith("@") ? readdirSync(join(here, name)).map((part) => `${name}/${part}`) : [name])
      link(join(here, each), join(folder, "node_modules", each));
  return folder;
}

function link(target: string, path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}
