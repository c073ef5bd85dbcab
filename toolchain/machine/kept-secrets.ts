import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stateHome } from "./cache-folders.ts";

/** Secrets of one stack that somebody wrote on this machine, by "<system>/<name>". Only their owner may read the file. */
export function keptSecrets(stack: string): Readonly<Record<string, string>> {
  const file = fileOf(stack);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, string>) : {};
}

/** Keeps one more; nobody ever sees half a file, or one that others may read. */
export function keepSecret(stack: string, name: string, value: string): void {
  const file = fileOf(stack);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.next`;
  writeFileSync(next, `${JSON.stringify({ ...keptSecrets(stack), [name]: value }, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, file);
}

function fileOf(stack: string): string {
  return join(stateHome(), "secrets", `${encodeURIComponent(stack)}.json`);
}
