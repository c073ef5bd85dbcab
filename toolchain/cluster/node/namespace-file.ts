import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { removeIfEmpty } from "../../machine/remove-if-empty.ts";
import { run } from "../config/run.ts";
import { mountedAt } from "./mounts.ts";

/** Makes a network namespace that lives as long as it is mounted at `file`; one that is there stays. */
export async function makeNamespaceFile(file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  if (mountedAt(file)) return;
  writeFileSync(file, "");
  await run("unshare", [`--net=${file}`, "true"]);
}

/** Removes it again; what is already gone is no error. */
export async function removeNamespaceFile(file: string): Promise<void> {
  while (mountedAt(file)) await run("umount", [file]);
  rmSync(file, { force: true });
  removeIfEmpty(dirname(file));
}
