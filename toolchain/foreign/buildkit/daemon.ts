import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheHome } from "../../machine/cache-folders.ts";
import type { Progress } from "../../machine/progress.ts";
import { removeIfEmpty } from "../../machine/remove-if-empty.ts";
import { resolve } from "../../tools/resolve.ts";
import { ToolError } from "../../machine/tool-error.ts";
import { withoutCredentials } from "../../machine/without-credentials.ts";
import { daemonSettings } from "./configuration.ts";
import { lendingRuntime } from "./lending-runtime.ts";

/** Longest wait until the builder answers, in milliseconds; it takes about one second. */
const START_TIMEOUT_MS = 60_000;
/** Lines of its log that an error repeats. */
const LAST_LINES = 8;

/**
 * Runs BuildKit while `work` builds with it, and hands over the address of its socket. It has a mount namespace of its own, and the
 * kernel ends it with this process. The caller holds the lock of the images: two builders cannot share a cache.
 */
export async function withDaemon<T>(progress: Progress, work: (address: string) => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0)
    throw new ToolError(
      "a Dockerfile is built by BuildKit here, which needs root, and this user is not root",
      "run the command as root, or start a Docker engine that this user may use",
    );
  const program = await resolve("buildkitd", progress);
  const run = await mkdtemp(join(tmpdir(), "slipway-buildkit-")); // short: the path of a socket has at most 107 characters
  const root = join(cacheHome(), "images/buildkit");
  await mkdir(root, { recursive: true, mode: 0o700 });
  try {
    const runtime = await lendingRuntime(run, await resolve("runc", progress));
    await writeFile(join(run, "buildkitd.toml"), daemonSettings({ root, run, runtime }));
    const daemon = start(program, join(run, "buildkitd.toml"));
    try {
      await answering(daemon, join(run, "buildkitd.sock"));
      return await work(`unix://${run}/buildkitd.sock`);
    } finally {
      await daemon.end();
    }
  } finally {
    await rm(run, { recursive: true, force: true });
  }
}

interface Daemon {
  readonly child: ChildProcess;
  readonly log: readonly string[];
  readonly end: () => Promise<void>;
}

function start(program: string, settings: string): Daemon {
  const own = ["--pdeathsig", "TERM", "unshare", "--mount", "--propagation", "private"];
  const child = spawn("setpriv", [...own, program, "--config", settings], {
    env: withoutCredentials(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const log: string[] = [];
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", (error) => {
      log.push(error.message);
      resolve();
    });
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log.push(...text.trimEnd().split("\n"));
    log.splice(0, log.length - LAST_LINES);
  });
  const end = async () => {
    child.kill("SIGTERM");
    await ended;
    leaveNoGroups();
  };
  return { child, log, end };
}

/** The steps' control groups lie in groups that the builder leaves behind, empty. */
function leaveNoGroups(): void {
  const top = "/sys/fs/cgroup";
  if (!existsSync(top)) return;
  for (const name of ["", ...readdirSync(top)]) removeIfEmpty(join(top, name, "buildkit"));
}

async function answering({ child, log }: Daemon, socket: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!existsSync(socket)) {
    const ended = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    if (ended || Date.now() > deadline)
      throw new Error(
        `buildkitd ${ended ? "ended" : "does not answer"}:\n${log.map((line) => `  ${line}`).join("\n")}\nNext: run the command again; if it happens twice, delete ${join(cacheHome(), "images/buildkit")}.`,
      );
    await sleep(50);
  }
  await chmod(socket, 0o600);
}
