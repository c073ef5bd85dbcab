import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { ownState, planOnlyStack } from "../../toolchain/engine/plan-only.ts";
import { runProgram } from "../../toolchain/machine/run-program.ts";
import { resolve } from "../../toolchain/tools/resolve.ts";
import { engineAdvice } from "../engine/engine-advice.ts";
import { stateOf } from "../engine/team-environment.ts";
import { projectFolder } from "../project/project-folder.ts";
import { projectName } from "../project/project-name.ts";
import { UserError } from "../terminal/user-error.ts";
import { encryptedKeys } from "./encrypted-settings.ts";
import { withheldState } from "./withheld-state.ts";

/** A stack as it is recorded, its settings, and the environment in which its state is found. */
export interface RecordedStack {
  readonly stack: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly env: NodeJS.ProcessEnv;
}

/** A copy of it in which every secret is a placeholder, as the engine is to be run on it. */
export interface WithheldStack {
  readonly configFile: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs `work` on a copy of a stack without any secret, and removes the copy. Neither the stack's key nor a secret is asked for. */
export async function withoutKey<T>(
  { stack, config, env }: RecordedStack,
  work: (copy: WithheldStack) => Promise<T>,
): Promise<T> {
  requireReadable(stack, config);
  const resources = withheldState(await exported(stack, env));
  const folder = await mkdtemp(join(tmpdir(), "slipway-preview-"));
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", forget); // Ctrl-C ends this process at once
  try {
    const configFile = await planOnlyStack({ folder }, projectName(), stack, stringify({ config }), resources);
    return await work({ configFile, env: { ...env, ...ownState(folder), SLIPWAY_SECRETS: "withheld" } });
  } finally {
    process.off("exit", forget);
    forget();
  }
}

/** The state as it lies there, its secrets sealed. */
async function exported(stack: string, env: NodeJS.ProcessEnv): Promise<string> {
  const pulumi = await resolve("pulumi");
  return runProgram(pulumi, ["stack", "export", "--stack", stack], { cwd: projectFolder, env }).catch(
    (error: Error) => {
      throw new UserError(
        [
          `slipway: the state of ${stack} cannot be read:`,
          error.message,
          `  state: ${stateOf(env)}`,
          `  Next: ${engineAdvice(error.message, stack)}`,
        ].join("\n"),
        1,
      );
    },
  );
}

/** An encrypted setting would have to be guessed, and whatever follows from it would seem to change. */
function requireReadable(stack: string, config: Readonly<Record<string, unknown>>): void {
  const keys = encryptedKeys(config);
  if (keys.length === 0) return;
  throw new UserError(
    [
      `slipway preview ${stack} --live: a preview has no key, so it cannot read what is encrypted in Pulumi.${stack}.yaml: ${keys.join(", ")}.`,
      `  No setting of slipway is a secret. Fix: write the value itself in Pulumi.${stack}.yaml, instead of \`secure:\` and what follows it`,
      `  With a key of your own: pulumi preview -s ${stack}, in the shell of \`slipway env\`; it reads every secret of the stack.`,
    ].join("\n"),
  );
}
