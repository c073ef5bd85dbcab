import { mkdirSync } from "node:fs";
import { removeIfEmpty } from "../../machine/remove-if-empty.ts";

/** The kubelet's folder is a private mount in every cluster, but a mount needs a folder below it. */
const mountPoint = "/var/lib/kubelet";

/** Makes the folder private mounts are put on. */
export function makeMountPoints(): void {
  mkdirSync(mountPoint, { recursive: true });
}

/** Removes it again after the last cluster; the folder of a real kubelet is not empty and stays. */
export function removeMountPoints(): void {
  removeIfEmpty(mountPoint);
}
