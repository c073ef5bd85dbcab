import { DEFAULTS } from "../defaults.ts";
import type { WorkloadPlan } from "./workload.ts";

/** One database of one service, with the two users that may use it. Passwords are made by the platform. */
export interface DatabasePlan {
  readonly name: string;
  readonly owner: string;
  readonly engine: "mariadb";
  /** Reads and writes rows. */
  readonly user: string;
  /** Changes tables; only the migration Job has its password. */
  readonly migrator: string;
  /** Connections it may take at most: pool × (largest number of replicas + surge). */
  readonly maxConnections: number;
}

/** A database for each service that owns one. */
export function planDatabases(workloads: readonly WorkloadPlan[]): DatabasePlan[] {
  return workloads.flatMap(({ database, name, scale, rollout }) =>
    database === null
      ? []
      : [
          {
            name: database,
            owner: name,
            engine: "mariadb" as const,
            user: database,
            migrator: `${database}_owner`,
            maxConnections: DEFAULTS.database.pool.value * (scale.max + rollout.maxSurge),
          },
        ],
  );
}
