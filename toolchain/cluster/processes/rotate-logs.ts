import { copyFileSync, existsSync, readdirSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";

const limitBytes = 20 * 1024 * 1024;

/** Copies every log over the limit to `<name>.log.1` and empties it; the writers append, so they just go on. */
export function rotateLogs(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".log"))) {
    const file = join(folder, name);
    if (statSync(file).size <= limitBytes) continue;
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  }
}
