import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { removeIfEmpty } from "../../machine/remove-if-empty.ts";
import { run } from "../config/run.ts";
import { mountedAt } from "./mounts.ts";

/** Makes a network namespace that lives as long as it is mounted at `file`; one that is there stays. */
export async function makeNamespaceFile(file: string): Promise<void> {
  await prepare(dirname(file));
  if (mountedAt(file)) return;
  writeFileSync(file, "");
  await run("unshare", [`--net=${file}`, "true"]);
}

/** Removes it again; what is already gone is no error. */
export async function removeNamespaceFile(file: string): Promise<void> {
  const folder = dirname(file);
  while (mountedAt(file)) await run("umount", [file]);
  rmSync(file, { force: true });
  if (mountedAt(folder) && readdirSync(folder).length === 0) await run("umount", ["--lazy", folder]);
  removeIfEmpty(folder);
}

/**
 * The first who keeps namespaces here has to make the folder a shared mount of its own. Others (`ip netns add`, podman)
 * would do it later, and then cover ours, so that it could not be unmounted any more.
 */
async function prepare(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (mountedAt(folder) || readdirSync(folder).length > 0) return;
  await run("mount", ["--bind", folder, folder]);
  await run("mount", ["--make-shared", folder]);
}
