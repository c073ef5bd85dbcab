import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stateHome } from "./cache-folders.ts";
import { withLock } from "./lock.ts";
import { ownFolder } from "./own-folder.ts";
import { ToolError } from "./tool-error.ts";
import { writeAtomically } from "./write-atomically.ts";

/** Values by "<system>/<name>". */
type Kept = Readonly<Record<string, string>>;

/** Secrets of one stack that somebody wrote on this machine, by "<system>/<name>". Only their owner may read the file. */
export function keptSecrets(stack: string): Kept {
  const file = fileOf(stack);
  if (!existsSync(file)) return {};
  const kept = parse(readFileSync(file, "utf8"));
  if (kept !== undefined) return kept;
  throw new ToolError(
    `${file} is no list of secrets any more`, // not a word of it: it holds what nobody may see
    "put it back from a backup, or delete it and set each secret anew: npx slipway secret list shows which",
  );
}

/** Keeps one more; nobody ever sees half a file, or one that others may read, and no other command's secret is lost. */
export async function keepSecret(stack: string, name: string, value: string): Promise<void> {
  await change(stack, (kept) => ({ ...kept, [name]: value }));
}

/** Forgets one; answers whether it was there. */
export async function forgetSecret(stack: string, name: string): Promise<boolean> {
  let found = false;
  await change(stack, ({ [name]: forgotten, ...others }) => {
    found = forgotten !== undefined;
    return others;
  });
  return found;
}

async function change(stack: string, to: (kept: Kept) => Kept): Promise<void> {
  const file = fileOf(stack);
  ownFolder(dirname(file));
  const lock = join(stateHome(), "locks", `secrets-${encodeURIComponent(stack)}`);
  await withLock(
    lock,
    () => undefined, // it takes no longer than writing a file
    () => {
      writeAtomically(file, `${JSON.stringify(to(keptSecrets(stack)), null, 2)}\n`);
      return Promise.resolve();
    },
  );
}

function parse(text: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== "object" || kept === null || Array.isArray(kept)) return undefined;
    return Object.values(kept).every((value) => typeof value === "string") ? (kept as Kept) : undefined;
  } catch {
    return undefined;
  }
}

function fileOf(stack: string): string {
  return join(stateHome(), "secrets", `${encodeURIComponent(stack)}.json`);
}
