import { rmSync } from "node:fs";
import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { cacheHome } from "../machine/cache-folders.ts";
import type { Progress } from "../machine/progress.ts";
import { folderWith, installedVersion } from "../roots/installed.ts";
import { PROJECT } from "../roots/project.ts";
import { SHIPPED } from "../roots/shipped.ts";
import { resolve } from "../tools/resolve.ts";
import { withoutCredentials } from "../machine/without-credentials.ts";

/** Providers that the stand-in takes the place of. */
export const STAND_INS = ["aws", "eks", "docker-build", "kubernetes", "random"] as const;

/** Keeps the compiler out that the SDK would load and nobody needs: Node.js strips the types itself. */
const WITHOUT_COMPILER = join(SHIPPED, "policies/start.cjs");

/** An engine that sees only stand-ins, an empty state of its own and no credentials of any kind. */
export interface PlanOnlyEngine {
  readonly pulumi: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs `work` with such an engine and removes every trace of it. The state may start from a recorded release. */
export async function withPlanOnlyEngine<T>(
  progress: Progress,
  work: (engine: PlanOnlyEngine) => Promise<T>,
): Promise<T> {
  const pulumi = await resolve("pulumi", progress);
  const language = await resolve("pulumi-language-nodejs", progress);
  const standIn = await resolve("plan-only-provider", progress);
  const folder = await mkdtemp(join(tmpdir(), "slipway-plan-only-"));
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", forget); // Ctrl-C ends this process at once
  try {
    await linkStandIns(join(folder, "home"), standIn);
    await mkdir(join(folder, "state"));
    await writeFile(join(folder, "home/logs"), ""); // a file where the engine wants a folder for its log, which would take more time than the plan
    const path = [dirname(process.execPath), dirname(pulumi), dirname(language), process.env["PATH"] ?? ""].join(
      delimiter,
    );
    return await work({ pulumi, folder, env: { ...withoutCredentials(), ...settings(folder), PATH: path } });
  } finally {
    process.off("exit", forget);
    forget();
  }
}

/** The engine looks for plugins in its home, under the exact version that the program's packages ask for. What is not installed is asked for by nobody. */
async function linkStandIns(home: string, standIn: string): Promise<void> {
  for (const name of STAND_INS) {
    const version = installedVersion(`@pulumi/${name}`);
    if (version === undefined) continue;
    const plugin = join(home, "plugins", `resource-${name}-v${version}`);
    await mkdir(plugin, { recursive: true });
    await symlink(standIn, join(plugin, `pulumi-resource-${name}`));
  }
}

function settings(folder: string): NodeJS.ProcessEnv {
  return {
    PULUMI_HOME: join(folder, "home"),
    ...ownState(folder),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_NODEJS_TYPESCRIPT: "false",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    NODE_COMPILE_CACHE: join(cacheHome(), "node-compile-cache"),
    SLIPWAY_SDK_ROOT: folderWith("@pulumi/pulumi") ?? PROJECT,
    SLIPWAY_SECRETS: "withheld",
    SLIPWAY_PLAN_ONLY: "true", // the program need not put together what nobody builds
    // A plan is over in seconds and may be large: less memory for a little more processor time.
    GOGC: process.env["GOGC"] ?? "40",
    MALLOC_ARENA_MAX: "2", // else the native part of Node.js keeps one heap for each of its threads
    NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --require ${JSON.stringify(WITHOUT_COMPILER)}`.trim(),
  };
}

/** An engine with these variables keeps the state in a folder, where it lasts no longer than a preview. */
export function ownState(folder: string): { PULUMI_BACKEND_URL: string; PULUMI_CONFIG_PASSPHRASE: string } {
  return {
    PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "plan-only", // guards nothing: the state holds no secret and is removed
  };
}

/** Makes a stack by its files, so that the engine writes nothing into the project. Returns the copy of its settings to use. */
export async function planOnlyStack(
  { folder }: Pick<PlanOnlyEngine, "folder">,
  project: string,
  stack: string,
  config: string,
  resources: readonly object[] = [],
): Promise<string> {
  const state = join(folder, "state", ".pulumi");
  await mkdir(join(state, "stacks", project), { recursive: true });
  await writeFile(join(state, "meta.yaml"), "version: 1\n");
  const latest = { manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "" }, resources };
  const checkpoint = { version: 3, checkpoint: { stack: `organization/${project}/${stack}`, latest } };
  await writeFile(join(state, "stacks", project, `${stack}.json`), JSON.stringify(checkpoint));
  const file = join(folder, `Pulumi.${stack}.yaml`);
  await writeFile(file, config);
  return file;
}
