import { ClusterError } from "../../toolchain/cluster/config/cluster-error.ts";
import { UserError } from "./user-error.ts";

/** Hands errors of the cluster on as what they are for the user: a message and an exit code, no stack. */
export async function reportClusterErrors(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof ClusterError ? new UserError(`slipway: ${error.message}`, error.exitCode) : error;
  }
}
