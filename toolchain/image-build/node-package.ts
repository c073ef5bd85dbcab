import { existsSync } from "node:fs";
import { join } from "node:path";
import { NODE_ARCHITECTURE } from "../machine/machine.ts";
import { SHIPPED } from "../roots/shipped.ts";
import { fetchNpmPackage } from "./fetch-npm-package.ts";
import { lockedNode } from "./lock-file.ts";

/** Folder of the npm package with the Node.js of images: beside this repository's other packages, or fetched where only ours is installed. */
export async function nodePackage(): Promise<string> {
  const name = `node-linux-${NODE_ARCHITECTURE}`;
  const installed = join(SHIPPED, "node_modules", name);
  if (existsSync(join(installed, "bin/node"))) return installed;
  return fetchNpmPackage(name, lockedNode(NODE_ARCHITECTURE));
}
