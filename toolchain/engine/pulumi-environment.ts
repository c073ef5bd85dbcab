import { mkdirSync, readlinkSync, renameSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspectEntry } from "../tools/cache-entry.ts";
import { cacheHome, stateHome } from "../machine/cache-folders.ts";
import { ownFolder } from "../machine/own-folder.ts";
import { passphraseFile } from "./passphrase.ts";
import type { Progress } from "../machine/progress.ts";
import { entryFolder, resolve } from "../tools/resolve.ts";
import { toolSets } from "../tools/catalogue/tools.ts";

/** Providers of our own stacks; the engine looks for them in its home, under their exact version. */
const PROVIDERS = ["kubernetes", "random"] as const;

/** What plain `pulumi` needs in its environment to work on this project's stacks. What the user has set for secrets stays. */
export async function pulumiEnvironment(progress?: Progress): Promise<Record<string, string>> {
  const [pulumi, kubectl] = [await resolve("pulumi", progress), await resolve("kubectl", progress)];
  const { home, backend } = engineFolders();
  for (const name of PROVIDERS) await linkProvider(home, name, progress);
  return {
    PATH: searchPath([dirname(process.execPath), dirname(pulumi), dirname(kubectl)]),
    PULUMI_HOME: home,
    // Beside each file the engine would write a second one with its attributes, and not atomically: killed in the middle, it could never read its state again.
    PULUMI_BACKEND_URL: `${pathToFileURL(backend).href}?metadata=skip`,
    ...secrets(backend),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_NODEJS_TYPESCRIPT: "false", // Node.js strips the types itself
    ...((await publisherAnswered()) ? {} : { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" }),
    NODE_COMPILE_CACHE: join(cacheHome(), "node-compile-cache"),
  };
}

/** Folders of the engine, which nobody else may look into. `home` is not ~/.pulumi: the user's own log-in and selected stacks stay theirs. */
export function engineFolders(): { readonly home: string; readonly backend: string } {
  const folders = { home: join(stateHome(), "pulumi-home"), backend: join(stateHome(), "pulumi") };
  for (const folder of [stateHome(), ...Object.values(folders)]) ownFolder(folder);
  return folders;
}

function secrets(backend: string): Record<string, string> {
  const { PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE } = process.env;
  if (PULUMI_CONFIG_PASSPHRASE !== undefined || PULUMI_CONFIG_PASSPHRASE_FILE !== undefined) return {};
  return { PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile(backend) };
}

/** False when our engine had to be built: then other plugins cannot be downloaded either, and trying costs time. */
async function publisherAnswered(): Promise<boolean> {
  return (await inspectEntry(entryFolder("pulumi", toolSets.pulumi))).origin?.source !== "built";
}

async function linkProvider(home: string, name: (typeof PROVIDERS)[number], progress?: Progress): Promise<void> {
  const program = `pulumi-resource-${name}` as const;
  const target = await resolve(program, progress);
  const folder = join(home, "plugins", `resource-${name}-v${toolSets[program].version}`);
  const link = join(folder, program);
  mkdirSync(folder, { recursive: true });
  if (linkTarget(link) === target) return;
  const draft = `${link}.${process.pid}.tmp`;
  symlinkSync(target, draft);
  renameSync(draft, link);
}

function linkTarget(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined; // not there yet
  }
}

/** PATH with our folders first and nothing twice, so that evaluating it again changes nothing. */
function searchPath(first: readonly string[]): string {
  return [...new Set([...first, ...(process.env["PATH"] ?? "").split(delimiter)])].join(delimiter);
}
