import type { CustomResourceOptions } from "@pulumi/pulumi";
import { STORE_PORT } from "../../model/names.ts";
import type { StorePlan } from "../../model/plan/stores.ts";
import {
  POSTGRES_METRICS_PORT,
  POSTGRES_PASSWORD_KEY,
  postgresContainers,
  postgresVolumes,
} from "../manifests/stores/postgres.ts";
import type { StoreConnection } from "../platform.ts";
import type { Site } from "./site.ts";
import { runSqlServer } from "./sql-server.ts";

/** One PostgreSQL for all stores of a system that want one. */
export function runPostgres(
  site: Site,
  stores: readonly StorePlan[],
  opts: CustomResourceOptions,
): [name: string, connection: StoreConnection][] {
  return runSqlServer(
    site,
    {
      host: "postgres",
      engine: "postgres",
      port: STORE_PORT.postgres,
      metricsPort: POSTGRES_METRICS_PORT,
      administrator: "postgres",
      passwordKey: POSTGRES_PASSWORD_KEY,
      job: "databases-postgres",
      containers: postgresContainers,
      volumes: postgresVolumes,
    },
    stores,
    opts,
  );
}
