import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { endProcess } from "../../machine/end-process.ts";
import { clusterFolders, supervisorLock } from "../config/folders.ts";
import { endFormerSupervisor } from "./former-supervisor.ts";
import { holderOf } from "../../machine/lock.ts";
import { ownProgram } from "../../roots/shipped.ts";
import { survivors } from "./survivors.ts";

/** Process id of the supervisor of a cluster, or undefined when none runs. */
export function supervisorPid(cluster: string): number | undefined {
  return holderOf(supervisorLock(cluster))?.pid;
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
  mkdirSync(join(folders.state, "logs"), { recursive: true, mode: 0o700 });
  const log = openSync(join(folders.state, "logs", "supervisor.log"), "a", 0o600);
  const program = ownProgram("toolchain/cluster/processes/supervisor");
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
  await endFormerSupervisor(cluster);
  const holder = holderOf(supervisorLock(cluster));
  if (holder !== undefined) await endProcess(holder.pid, holder.startTime);
}

/** Little of the caller's shell: the supervisor lives longer than it. */
function supervisorEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, XDG_STATE_HOME } = process.env;
  return { PATH, HOME, ...(XDG_STATE_HOME === undefined ? {} : { XDG_STATE_HOME }) };
}
