import { renderUsage, runCommand } from "citty";
import { InvalidSystem } from "../model/fault.ts";
import { ClusterError } from "../toolchain/cluster/config/cluster-error.ts";
import { main } from "./terminal/commands.ts";
import { commandIn, usageAskedFor } from "./terminal/command-line.ts";
import { endOnSignals } from "./terminal/signals.ts";
import { missingPackage } from "./terminal/missing-package.ts";
import { UserError } from "./terminal/user-error.ts";
import { complain, print, say } from "./terminal/say.ts";

/** Exit codes: 0 done, 1 failed or findings, 2 wrong input. */
const EXIT = { failed: 1, input: 2 } as const;

/** Runs one command line; the process exits with the code that scripts may rely on. */
async function run(rawArgs: string[]): Promise<number> {
  if (rawArgs.length === 0 || rawArgs[0] === "--help" || rawArgs[0] === "-h") {
    showUsage(await renderUsage(main));
    return 0;
  }
  try {
    const usage = await usageAskedFor(main, rawArgs);
    if (usage !== null) {
      showUsage(usage);
      return 0;
    }
    await runCommand(main, { rawArgs });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return report(error, rawArgs);
  }
}

/** Bold and coloured on a terminal only. */
function showUsage(usage: string): void {
  if (process.stdout.isTTY) print(`${usage}\n`);
  else say(usage);
}

async function report(error: unknown, rawArgs: readonly string[]): Promise<number> {
  const verbose = rawArgs.includes("--verbose");
  if (error instanceof InvalidSystem) {
    complain(error.message);
    return EXIT.input;
  }
  if (error instanceof UserError || error instanceof ClusterError) {
    complain(error.message);
    return error.exitCode;
  }
  const missing = missingPackage(error, rawArgs[0] ?? "");
  if (missing !== undefined) {
    complain(missing);
    return EXIT.failed;
  }
  const wrongUsage = error instanceof Error && error.name === "CLIError";
  complain(
    verbose && error instanceof Error
      ? (error.stack ?? error.message)
      : `slipway: ${error instanceof Error ? error.message : String(error)}`,
  );
  if (wrongUsage) complain(`Next: npx ${await commandIn(main, rawArgs)} --help`);
  return wrongUsage ? EXIT.input : EXIT.failed;
}

endOnSignals();
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) =>
  process.exit(code === "EPIPE" ? process.exitCode : EXIT.input),
); // whoever reads has seen enough
process.exitCode = await run(process.argv.slice(2));
