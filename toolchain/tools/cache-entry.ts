import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, lstat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { sha256 } from "../machine/sha256.ts";

/** How an entry came to be. */
export interface Origin {
  readonly source: "download" | "built";
  /** Version that the source gave, where it decides: a distribution has its own. */
  readonly version?: string;
}

/** What an entry was when it was finished, so that damage is noticed. */
interface Manifest extends Origin {
  readonly seconds: number;
  readonly files: Readonly<Record<string, FileRecord>>;
}

interface FileRecord {
  readonly size: number;
  readonly modifiedMs: number;
  readonly sha256: string;
}

const MANIFEST = ".slipway.json";

/** What is known of a finished entry. */
export interface EntryState {
  readonly state: "missing" | "damaged" | "good";
  /** Path of the first file that is not what it was. */
  readonly damage?: string;
  readonly origin?: Origin;
}

/**
 * Looks at an entry. Files whose size and time are as recorded are taken as whole; `thorough` hashes every one.
 */
export async function inspectEntry(folder: string, thorough = false): Promise<EntryState> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return { state: (await exists(folder)) ? "damaged" : "missing" };
  for (const [path, record] of Object.entries(manifest.files)) {
    if (!(await isWhole(join(folder, path), record, thorough)))
      return { state: "damaged", damage: path, origin: manifest };
  }
  return { state: "good", origin: manifest };
}

/** Fills an entry in a folder beside it and renames it into place, so that no half-made entry can be seen. The caller holds its lock. */
export async function writeEntry(folder: string, make: (staging: string) => Promise<Origin>): Promise<void> {
  const parent = dirname(folder);
  const prefix = `.${basename(folder)}.`;
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true }); // left by a run that was killed
  }
  const staging = await mkdtemp(join(parent, prefix));
  try {
    const started = Date.now();
    const origin = await make(staging);
    const manifest: Manifest = {
      ...origin,
      seconds: Math.round((Date.now() - started) / 1000),
      files: await recordFiles(staging),
    };
    await writeFile(join(staging, MANIFEST), JSON.stringify(manifest, null, 1));
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, MANIFEST), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}

async function recordFiles(folder: string): Promise<Record<string, FileRecord>> {
  const files: Record<string, FileRecord> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs } = await stat(path);
    files[path.slice(folder.length + 1)] = { size, modifiedMs: Math.trunc(mtimeMs), sha256: await sha256(path) };
  }
  return files;
}

async function isWhole(path: string, record: FileRecord, thorough: boolean): Promise<boolean> {
  try {
    const { size, mtimeMs } = await stat(path);
    if (size !== record.size) return false;
    if (!thorough && Math.trunc(mtimeMs) === record.modifiedMs) return true;
    return (await sha256(path)) === record.sha256;
  } catch {
    return false;
  }
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}
