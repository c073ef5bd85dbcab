import { mkdirSync, readdirSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Binaries } from "../config/binaries.ts";
import { policyPlugin } from "./node-files.ts";

/** A folder with every network plugin in it: containerd looks in one only. */
export function linkPlugins(
  folder: string,
  { cni, networkPolicyController }: Pick<Binaries, "cni" | "networkPolicyController">,
): void {
  mkdirSync(folder, { recursive: true });
  const targets = new Map(readdirSync(cni).map((name) => [name, join(cni, name)]));
  targets.set(policyPlugin, networkPolicyController);
  for (const [name, target] of targets) {
    const draft = join(folder, `.${name}.${process.pid}`);
    symlinkSync(target, draft);
    renameSync(draft, join(folder, name)); // never missing, not even for a moment: pods may be starting
  }
}
