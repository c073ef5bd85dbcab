import { spawn } from "node:child_process";
import { requireRightPassphrase } from "../../toolchain/engine/passphrase.ts";
import { pulumiEnvironment } from "../../toolchain/engine/pulumi-environment.ts";
import { resolve } from "../../toolchain/tools/resolve.ts";
import { runProgram } from "../../toolchain/machine/run-program.ts";
import { projectFolder } from "../project/project-folder.ts";
import { untilEngineEnds } from "../terminal/signals.ts";

/** The stack of this machine. Any other is a team's, with a passphrase of its own. */
export const OWN_STACK = "dev";

/** Runs the engine on this project with its own output shown; answers its exit code. */
export async function pulumi(args: readonly string[]): Promise<number> {
  const env = await engineEnvironment();
  const engine = spawn(await resolve("pulumi"), [...args], {
    cwd: projectFolder,
    env,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  return untilEngineEnds(engine, "has its own group");
}

/** Runs the engine for what it prints. */
export async function pulumiOutput(args: readonly string[]): Promise<string> {
  const env = await engineEnvironment();
  return runProgram(await resolve("pulumi"), args, { cwd: projectFolder, env });
}

/** What the engine works with on a stack of this machine. */
export async function engineEnvironment(): Promise<NodeJS.ProcessEnv> {
  const env = { ...process.env, ...(await pulumiEnvironment()) };
  await requireRightPassphrase(projectFolder, env, OWN_STACK);
  return env;
}
