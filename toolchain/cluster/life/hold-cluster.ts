import { clusterLock } from "../config/folders.ts";
import { withLock } from "../../machine/lock.ts";
import type { Progress } from "../../machine/progress.ts";
import { removeEmptyFolders } from "./tear-down.ts";

/** Runs `work` while nobody else starts or stops the cluster; whoever comes meanwhile waits, and is told for whom. */
export async function holdCluster<T>(name: string, progress: Progress, work: () => Promise<T>): Promise<T> {
  const waiting = (holder: string) =>
    progress.step(`cluster ${name}: process ${holder} is working on it too`).note("waiting");
  try {
    return await withLock(clusterLock(name), waiting, work);
  } finally {
    removeEmptyFolders(name);
  }
}
