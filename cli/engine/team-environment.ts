import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { pulumiEnvironment } from "../../toolchain/engine/pulumi-environment.ts";
import { UserError } from "../terminal/user-error.ts";

/** Where AWS credentials may come from; one is enough. */
const CREDENTIALS = [
  "AWS_ACCESS_KEY_ID",
  "AWS_PROFILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
];
/** What names the team's state and how its secrets are kept. */
const TEAM = [
  "PULUMI_BACKEND_URL",
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE",
  "PULUMI_CONFIG_PASSPHRASE_FILE",
  "PULUMI_HOME",
];

/** The project's own environment for the engine, but the team's state and secrets wherever the shell names them, and published providers. */
export async function teamEnvironment(): Promise<NodeJS.ProcessEnv> {
  const own = Object.fromEntries(TEAM.filter((name) => isSet(name)).map((name) => [name, process.env[name]]));
  const { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: _, ...environment } = await pulumiEnvironment();
  // In the shell of `slipway env` the engine reads the settings of this machine's own stack.
  const { PULUMI_OPTION_CONFIG_FILE: _file, PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: _state, ...shell } = process.env;
  return { ...shell, ...environment, ...own };
}

/** An empty passphrase is one; anything else that is empty was meant to be filled, as workflows do with variables nobody made. */
function isSet(name: string): boolean {
  return name === "PULUMI_CONFIG_PASSPHRASE" ? process.env[name] !== undefined : Boolean(process.env[name]);
}

/** Where an engine with this environment keeps its state, without what an address may carry besides. */
export function stateOf({ PULUMI_BACKEND_URL: url = "" }: NodeJS.ProcessEnv): string {
  const place = url.replace(/\?.*$/, "").replace(/\/\/[^/@]*@/, "//");
  return isSet("PULUMI_BACKEND_URL")
    ? `${place} (PULUMI_BACKEND_URL)`
    : `${place} (of this machine: PULUMI_BACKEND_URL is not set)`;
}

/** Refuses to begin what would fail in the middle for want of credentials. */
export function requireCredentials(command: string): void {
  const files = [join(homedir(), ".aws", "credentials"), join(homedir(), ".aws", "config")];
  if (CREDENTIALS.some((name) => process.env[name]) || files.some(existsSync) || onAmazonMachine()) return;
  throw new UserError(
    [
      `slipway ${command}: there are no AWS credentials here.`,
      `  looked for: ${CREDENTIALS.join(", ")}, ~/.aws, a machine of EC2`,
      "  Next: log in (`aws sso login`, then AWS_PROFILE). Without an account there is the plan: npx slipway preview prod",
    ].join("\n"),
  );
}

/** A machine of EC2 may have a role of its own, which only the metadata service knows. */
function onAmazonMachine(): boolean {
  if (process.env["AWS_EC2_METADATA_DISABLED"] === "true") return false;
  try {
    return readFileSync("/sys/class/dmi/id/sys_vendor", "utf8").startsWith("Amazon EC2");
  } catch {
    return false;
  }
}
