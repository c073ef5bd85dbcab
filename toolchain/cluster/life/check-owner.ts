import { ClusterError } from "../config/cluster-error.ts";
import { clusterFolders } from "../config/folders.ts";
import { readPlan } from "../processes/process-record.ts";
import { survivors } from "../processes/survivors.ts";

/** State folder of a running cluster of this name that was started with another `XDG_STATE_HOME`, or undefined. */
export function foreignState(name: string): string | undefined {
  const state = readPlan(name)?.state;
  return state !== undefined && state !== clusterFolders(name).state && survivors(name).length > 0 ? state : undefined;
}

/** Refuses to work on a cluster that belongs to another state folder: its data are there, not here. */
export function checkOwner(name: string): void {
  const state = foreignState(name);
  if (state === undefined) return;
  throw new ClusterError(
    `a cluster named ${name} already runs with its state in ${state}, not in ${clusterFolders(name).state}. ` +
      "Choose another --name, or set XDG_STATE_HOME to where that one was started.",
    2,
  );
}
