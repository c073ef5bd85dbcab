import { readFileSync } from "node:fs";

/** Whether something is mounted exactly at `path` in this process's mount namespace. */
export function mountedAt(path: string): boolean {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .some((line) => line.split(" ")[4] === path);
}
