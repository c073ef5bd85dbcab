import { spawn } from "node:child_process";
import { resolve } from "../toolchain/resolve.ts";
import { policyPack, projectFolder } from "./project-folder.ts";
import { untilEngineEnds } from "./signals.ts";
import type { StackSettings } from "./stack-settings.ts";
import { requireCredentials, teamEnvironment } from "./team-environment.ts";
import { UserError } from "./user-error.ts";

/** `pulumi up` with the team's state, the published providers and the policy pack. It shows what would change and asks first, unless told otherwise. */
export async function upOnAws({ stack }: StackSettings, yes: boolean): Promise<void> {
  requireCredentials(`up ${stack}`);
  const args = ["up", "-s", stack, "--policy-pack", policyPack, ...(yes ? ["--yes"] : [])];
  const engine = spawn(await resolve("pulumi"), args, { cwd: projectFolder, env: await teamEnvironment(), stdio: "inherit" });
  if (await untilEngineEnds(engine, "shares the terminal") !== 0) throw new UserError(`slipway: pulumi up of stack "${stack}" failed; the engine's message is above. It can be run again as it is.`, 1);
}
