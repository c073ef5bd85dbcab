import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { pulumiEnvironment } from "../toolchain/pulumi-environment.ts";
import { UserError } from "./user-error.ts";

/** Where AWS credentials may come from; one is enough. */
const CREDENTIALS = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"];
/** What names the team's state and how its secrets are kept. */
const TEAM = ["PULUMI_BACKEND_URL", "PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_HOME"];

/** The project's own environment for the engine, but the team's state and secrets wherever the shell names them, and published providers. */
export async function teamEnvironment(): Promise<NodeJS.ProcessEnv> {
  const own = Object.fromEntries(TEAM.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  const { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: _, ...environment } = await pulumiEnvironment();
  return { ...process.env, ...environment, ...own };
}

/** Refuses to begin what would fail in the middle for want of credentials. */
export function requireCredentials(command: string): void {
  const files = [join(homedir(), ".aws", "credentials"), join(homedir(), ".aws", "config")];
  if (CREDENTIALS.some((name) => process.env[name]) || files.some(existsSync)) return;
  throw new UserError([
    `slipway ${command}: there are no AWS credentials here.`,
    `  looked for: ${CREDENTIALS.join(", ")}, ~/.aws`,
    "  Next: log in (`aws sso login`, then AWS_PROFILE). Without an account there is the plan: npx slipway preview prod",
  ].join("\n"));
}
