import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { endProcess } from "../../machine/end-process.ts";
import { clusterFolders } from "../config/folders.ts";
import { holderOf, tryLock } from "../../machine/lock.ts";
import { startTime } from "../../machine/proc.ts";
import { survivors } from "./survivors.ts";

/** Process id of the supervisor of a cluster, or undefined when none runs. */
export async function supervisorPid(cluster: string): Promise<number | undefined> {
  for (;;) {
    const lock = await tryLock(`supervisor:${cluster}`);
    lock?.close();
    if (lock !== undefined) return undefined;
    const pid = Number(await holderOf(`supervisor:${cluster}`));
    if (!Number.isNaN(pid)) return pid; // else it ended between the two looks
  }
}

/**
 * Starts the supervisor on its own. If processes of the cluster outlived their last supervisor, it joins their mount namespace:
 * only there are the sockets of their containers and the mounts of their pods.
 */
export function startSupervisor(cluster: string): void {
  const folders = clusterFolders(cluster);
  const [survivor] = survivors(cluster);
  const enter =
    survivor === undefined
      ? ["unshare", "--mount", "--propagation", "slave"]
      : ["nsenter", `--mount=/proc/${survivor}/ns/mnt`];
  mkdirSync(join(folders.state, "logs"), { recursive: true });
  const log = openSync(join(folders.state, "logs", "supervisor.log"), "a", 0o600);
  const program = fileURLToPath(new URL("./supervisor.ts", import.meta.url));
  const [command = "", ...args] = [
    ...enter,
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    program,
    cluster,
  ];
  spawn(command, args, { cwd: "/", detached: true, stdio: ["ignore", log, log], env: supervisorEnvironment() }).unref();
  closeSync(log);
}

/** Ends the supervising; the processes go on. */
export async function stopSupervisor(cluster: string): Promise<void> {
  const pid = await supervisorPid(cluster);
  const started = pid === undefined ? undefined : startTime(pid);
  if (pid !== undefined && started !== undefined) await endProcess(pid, started);
}

/** Little of the caller's shell: the supervisor lives longer than it. */
function supervisorEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, XDG_STATE_HOME } = process.env;
  return { PATH, HOME, ...(XDG_STATE_HOME === undefined ? {} : { XDG_STATE_HOME }) };
}
