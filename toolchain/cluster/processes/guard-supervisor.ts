import { clusterLock } from "../config/folders.ts";
import { tryLock } from "../../machine/lock.ts";
import { startSupervisor, supervisorPid } from "./start-supervisor.ts";

const lookEveryMs = 2000;

/**
 * Starts the supervisor again should it be killed; it in turn watches the process this runs in. While `up` or `down` works on
 * the cluster it does nothing: they hold the cluster's lock, and a supervisor they stopped is meant to be stopped.
 */
export function guardSupervisor(cluster: string): void {
  const look = () => {
    if (supervisorPid(cluster) !== undefined) return;
    const lock = tryLock(clusterLock(cluster));
    if (lock === undefined) return;
    console.log(`${new Date().toISOString()} the supervisor is gone; starting it again`);
    startSupervisor(cluster);
    setTimeout(() => lock.release(), lookEveryMs); // until then it has its own lock
  };
  setInterval(look, lookEveryMs);
}
