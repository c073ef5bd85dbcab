import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clusterFolders } from "../config/folders.ts";

/** The end of the log of one process of a cluster, for error messages. */
export function lastLines(cluster: string, processName: string, count = 8): string {
  const file = join(clusterFolders(cluster).state, "logs", `${processName}.log`);
  try {
    const lines = readFileSync(file, "utf8").trimEnd().split("\n").slice(-count);
    return [`Last lines of ${file}:`, ...lines.map((line) => `  ${line.slice(0, 300)}`)].join("\n");
  } catch {
    return `There is no ${file}: the process was never started.`;
  }
}
