import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { requireRightPassphrase } from "../../toolchain/engine/passphrase.ts";
import { pulumiEnvironment } from "../../toolchain/engine/pulumi-environment.ts";
import type { Progress } from "../../toolchain/machine/progress.ts";
import { resolve } from "../../toolchain/tools/resolve.ts";
import { runProgram } from "../../toolchain/machine/run-program.ts";
import { projectFolder } from "../project/project-folder.ts";
import { writeSettingsHere } from "../stack/settings-here.ts";
import { untilEngineEnds } from "../terminal/signals.ts";

/** Runs the engine on a stack of this machine with its own output shown; answers its exit code. `args` name the stack too, where the command wants it. */
export async function pulumi(stack: string, args: readonly string[]): Promise<number> {
  return runEngine(stack, args, projectFolder);
}

/** Makes a stack of this machine unless it is there. Beside the settings of this machine, because a new stack's salt is written where it is made. */
export async function makeStack(stack: string): Promise<number> {
  return runEngine(
    stack,
    ["stack", "select", "--create", stack, "--non-interactive"],
    dirname(writeSettingsHere(projectFolder, stack)),
  );
}

async function runEngine(stack: string, args: readonly string[], cwd: string): Promise<number> {
  const env = await engineEnvironment(stack);
  const engine = spawn(await resolve("pulumi"), [...args], {
    cwd,
    env,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  return untilEngineEnds(engine, "has its own group");
}

/** Runs the engine for what it prints. */
export async function pulumiOutput(stack: string, args: readonly string[]): Promise<string> {
  return runProgram(await resolve("pulumi"), args, { cwd: projectFolder, env: await engineEnvironment(stack) });
}

/** What the engine works with on a stack of this machine. */
export async function engineEnvironment(stack: string): Promise<NodeJS.ProcessEnv> {
  return { ...process.env, ...(await shellEnvironment(stack)) };
}

/** What a shell needs so that plain `pulumi` works on a stack of this machine, and leaves the files of the repository alone. */
export async function shellEnvironment(stack: string, progress?: Progress): Promise<Record<string, string>> {
  const file = writeSettingsHere(projectFolder, stack);
  const env = { ...(await pulumiEnvironment(progress)), ...settingsFrom(file) };
  await requireRightPassphrase(file, { ...process.env, ...env });
  return env;
}

/** The engine takes each of its options from a variable too. */
function settingsFrom(file: string): Record<string, string> {
  return {
    PULUMI_OPTION_CONFIG_FILE: file,
    PULUMI_OPTION_PRESERVE_CONFIG: "true", // `pulumi stack rm` would delete the file of the repository
    PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true", // another clone has the same state, and its salt is there
  };
}
