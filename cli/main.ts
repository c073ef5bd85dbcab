import { defineCommand, renderUsage, runCommand } from "citty";
import { InvalidSystem } from "../model/fault.ts";
import { isProject } from "../toolchain/roots/project.ts";
import { SHIPPED } from "../toolchain/roots/shipped.ts";
import { ClusterError } from "../toolchain/cluster/config/cluster-error.ts";
import { commandIn, usageAskedFor } from "./terminal/command-line.ts";
import { endOnSignals } from "./terminal/signals.ts";
import { missingPackage } from "./terminal/missing-package.ts";
import { UserError } from "./terminal/user-error.ts";
import { complain, print, say } from "./terminal/say.ts";

/** Exit codes: 0 done, 1 failed or findings, 2 wrong input. */
const EXIT = { failed: 1, input: 2 } as const;

const main = defineCommand({
  meta: {
    name: "slipway",
    description: "Describe a microservice system once; declare, run and prove everything it needs.",
  },
  subCommands: {
    init: () => import("./initializing/init.ts").then((file) => file.init),
    up: () => import("./up.ts").then((file) => file.up),
    down: () => import("./down.ts").then((file) => file.down),
    status: () => import("./status.ts").then((file) => file.status),
    logs: () => import("./logs.ts").then((file) => file.logs),
    open: () => import("./open.ts").then((file) => file.open),
    silence: () => import("./silence.ts").then((file) => file.silence),
    secret: () => import("./secret.ts").then((file) => file.secret),
    token: () => import("./signing/token.ts").then((file) => file.token),
    preview: () => import("./preview.ts").then((file) => file.preview),
    check: () => import("./check.ts").then((file) => file.check),
    plan: () => import("./plan.ts").then((file) => file.plan),
    graph: () => import("./graph.ts").then((file) => file.graph),
    cluster: () => import("./cluster.ts").then((file) => file.cluster),
    pin: () => import("./pin.ts").then((file) => file.pin),
    prove: () => import("./proof/prove.ts").then((file) => file.prove),
    doctor: () => import("./doctor.ts").then((file) => file.doctor),
    env: () => import("./env.ts").then((file) => file.env),
    adopt: () => import("./adopt.ts").then((file) => file.adopt),
    ...(isProject(SHIPPED) ? (await import("./project/repository.ts")).ofRepository : {}),
  },
});

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
