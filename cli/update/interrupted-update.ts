import { setTimeout as sleep } from "node:timers/promises";
import { engineLocks } from "../../toolchain/engine/engine-lock.ts";
import { deleteHalfMade, pendingCreates } from "./pending-creates.ts";
import { pulumi, pulumiOutput } from "../engine/pulumi.ts";
import { projectName } from "../project/project-name.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { UserError } from "../terminal/user-error.ts";
import { say } from "../terminal/say.ts";

/**
 * Clears up after an engine that was killed. One that still runs is waited for; the lock of a dead one is removed, and what it
 * was creating is deleted where it exists, because the engine will make it again.
 */
export async function settleInterruptedUpdate(settings: StackSettings): Promise<void> {
  const { stack } = settings;
  await waitForEngine(stack);
  const [foreign] = engineLocks(projectName(), stack).filter(({ holder }) => holder === "is elsewhere");
  if (foreign)
    throw new UserError(
      `slipway: stack "${stack}" is being changed by process ${foreign.pid} of machine ${foreign.host}. If that no longer runs: eval "$(npx slipway env)"; pulumi cancel -s ${stack}`,
      1,
    );
  if (engineLocks(projectName(), stack).length > 0) {
    say(`The last update of ${stack} was killed; clearing up after it.`);
    await succeed(stack, ["cancel", "-s", stack, "--yes"]);
  }
  const { count, objects } = pendingCreates(await pulumiOutput(stack, ["stack", "export", "-s", stack]));
  if (count === 0) return;
  await deleteHalfMade(objects, settings);
  await succeed(stack, ["refresh", "-s", stack, "--yes", "--skip-preview", "--clear-pending-creates"]);
}

async function waitForEngine(stack: string): Promise<void> {
  for (let told = false; ; told = true) {
    const [engine] = engineLocks(projectName(), stack).filter(({ holder }) => holder === "runs");
    if (engine === undefined) return;
    if (!told) say(`An engine (process ${engine.pid}) is still changing ${stack}; waiting for it.`);
    await sleep(500);
  }
}

async function succeed(stack: string, args: readonly string[]): Promise<void> {
  if ((await pulumi(stack, args)) !== 0)
    throw new UserError(
      `slipway: what a killed update left behind could not be cleared up; the engine's message is above. By hand: eval "$(npx slipway env)"; pulumi refresh -s ${stack}`,
      1,
    );
}
