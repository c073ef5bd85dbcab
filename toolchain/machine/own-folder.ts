import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { ToolError } from "./tool-error.ts";

/**
 * Makes a folder that nobody but this user can look into or write to, with those above it. Throws when it is somebody else's, unless the
 * folder around it is theirs too: who runs the command in another user's folders trusts that user already.
 */
export function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  const user = process.geteuid?.();
  if (uid !== user && uid !== lstatSync(dirname(folder)).uid) {
    throw new ToolError(
      `${folder} belongs to user ${uid}, and this is user ${user}: what lies there cannot be trusted`,
      "look at who made it, remove it, and run the command again",
    );
  }
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
}
