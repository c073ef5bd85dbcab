import type { CustomResourceOptions } from "@pulumi/pulumi";
import { STORE_PORT } from "../../model/names.ts";
import type { StorePlan } from "../../model/plan/stores.ts";
import {
  MARIADB_METRICS_PORT,
  mariadbContainers,
  mariadbVolumes,
  ROOT_PASSWORD_KEY,
} from "../manifests/stores/mariadb.ts";
import type { StoreConnection } from "../platform.ts";
import type { Site } from "./site.ts";
import { runSqlServer } from "./sql-server.ts";

/** One MariaDB for all stores of a system that want one. */
export function runMariaDb(
  site: Site,
  stores: readonly StorePlan[],
  opts: CustomResourceOptions,
): [name: string, connection: StoreConnection][] {
  return runSqlServer(
    site,
    {
      host: "mariadb",
      engine: "mariadb",
      port: STORE_PORT.mariadb,
      metricsPort: MARIADB_METRICS_PORT,
      administrator: "root",
      passwordKey: ROOT_PASSWORD_KEY,
      job: "databases",
      containers: mariadbContainers,
      volumes: mariadbVolumes,
    },
    stores,
    opts,
  );
}
