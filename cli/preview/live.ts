import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { pulumiEnvironment } from "../../toolchain/pulumi-environment.ts";
import { resolve } from "../../toolchain/resolve.ts";
import { policyPack, projectFolder } from "../project-folder.ts";
import { UserError } from "../user-error.ts";
import { planCollector, type PreviewPlan } from "./preview-plan.ts";
import { runEngine } from "./run-engine.ts";

interface LiveOptions { readonly stack: string; readonly policies: boolean; readonly refresh: boolean }

/** Where AWS credentials may come from; one is enough. */
const CREDENTIALS = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"];

/** A preview with the real providers, the stack's own state and the credentials of this shell. */
export async function livePreview({ stack, policies, refresh }: LiveOptions): Promise<PreviewPlan> {
  if (stack === "prod") requireCredentials();
  const args = ["preview", "--stack", stack, ...(refresh ? ["--refresh"] : []), ...(policies ? ["--policy-pack", policyPack] : [])];
  const { add: onEvent, plan } = planCollector();
  const { events, exitCode, messages } = await runEngine({ pulumi: await resolve("pulumi"), args, cwd: projectFolder, env: await liveEnvironment(), onEvent });
  if (events === 0) throw new UserError(`slipway preview --live: the engine could not start:\n${messages}`, 1);
  return plan({ stack, planOnly: false, exitCode });
}

/** The project's own environment, but the team's state and secrets wherever the shell names them. */
async function liveEnvironment(): Promise<NodeJS.ProcessEnv> {
  const own = Object.fromEntries(["PULUMI_BACKEND_URL", "PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_HOME"]
    .flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  const { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: _, ...environment } = await pulumiEnvironment();
  return { ...process.env, ...environment, ...own };
}

function requireCredentials(): void {
  const files = [join(homedir(), ".aws", "credentials"), join(homedir(), ".aws", "config")];
  if (CREDENTIALS.some((name) => process.env[name]) || files.some(existsSync)) return;
  throw new UserError([
    "slipway preview --live: there are no AWS credentials here.",
    `  looked for: ${CREDENTIALS.join(", ")}, ~/.aws`,
    "  Next: log in (`aws sso login`, then AWS_PROFILE), or leave --live out: a plan needs no account.",
  ].join("\n"));
}
