import { spawn } from "node:child_process";
import { resolve } from "../../toolchain/tools/resolve.ts";
import { engineAdvice } from "../engine/engine-advice.ts";
import { policyPack, projectFolder } from "../project/project-folder.ts";
import { untilEngineEnds } from "../terminal/signals.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { requireCredentials, stateOf, teamEnvironment } from "../engine/team-environment.ts";
import { UserError } from "../terminal/user-error.ts";
import { visibleStream } from "../terminal/visible-stream.ts";

/** `pulumi up` with the team's state, the published providers and the policy pack. It shows what would change and asks first, unless told otherwise. */
export async function upOnAws({ stack }: StackSettings, yes: boolean): Promise<void> {
  requireCredentials(`up ${stack}`);
  const args = ["up", "-s", stack, "--policy-pack", policyPack, ...(yes ? ["--yes"] : [])];
  const env = await teamEnvironment();
  const engine = spawn(await resolve("pulumi"), args, {
    cwd: projectFolder,
    env,
    stdio: ["inherit", "inherit", "pipe"],
  });
  let said = "";
  engine.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  engine.stderr.pipe(visibleStream()).pipe(process.stderr);
  if ((await untilEngineEnds(engine, "shares the terminal")) === 0) return;
  throw new UserError(
    [
      `slipway: pulumi up of stack "${stack}" did not finish; the engine says above why.`,
      `  state: ${stateOf(env)}`,
      `  Next: ${engineAdvice(said, stack)}`,
    ].join("\n"),
    1,
  );
}
