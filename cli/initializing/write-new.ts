import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../terminal/user-error.ts";

/** Writes files that are not there yet, all of them or none: one that is there, or cannot be written, leaves everything as it was. */
export function writeNew(folder: string, files: Readonly<Record<string, string>>): void {
  const there = Object.keys(files).filter((file) => existsSync(join(folder, file)));
  if (there.length > 0)
    throw new UserError(
      `slipway init: ${there.join(", ")} ${there.length === 1 ? "is" : "are"} there already; nothing was written. Next: move what is there away, or name another folder: npx slipway init <folder>`,
    );
  const made: string[] = [];
  try {
    for (const [file, text] of Object.entries(files)) {
      const first = mkdirSync(dirname(join(folder, file)), { recursive: true });
      if (first !== undefined) made.push(first);
      made.push(join(folder, file));
      writeFileSync(join(folder, file), text, { flag: "wx" });
    }
  } catch (error) {
    for (const path of made.toReversed()) rmSync(path, { recursive: true, force: true });
    throw new UserError(
      `slipway init: ${error instanceof Error ? error.message : String(error)}; nothing was left behind. Next: put that right, and run the command again`,
    );
  }
}
