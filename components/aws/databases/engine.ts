import { STORE_PORT } from "../../../model/names.ts";
import type { SystemPlan } from "../../../model/plan.ts";
import { mariaDbStores, postgresStores, type StorePlan } from "../../../model/plan/stores.ts";
import type { AwsSettings } from "../account/settings.ts";

/** What differs between the database engines of RDS. */
export interface Engine {
  /** As RDS and the Job that makes the databases call it. */
  readonly name: "mariadb" | "postgres";
  /** As people call it. */
  readonly title: string;
  readonly port: number;
  /** What a server writes to CloudWatch. An audit log would need the option group of a plugin, or an extension. */
  readonly logs: readonly string[];
  /** Put behind the names of its servers and of what they share; nothing behind those of the first engine there was. */
  readonly ending: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly version: (settings: Pick<AwsSettings, "database">) => string;
  readonly stores: (plan: SystemPlan) => StorePlan[];
}

/** TLS for everybody, text in every language, and a log of what is slow. */
export const MARIADB: Engine = {
  name: "mariadb",
  title: "MariaDB",
  port: STORE_PORT.mariadb,
  logs: ["error", "slowquery"],
  ending: "",
  parameters: {
    require_secure_transport: "1",
    character_set_server: "utf8mb4",
    collation_server: "utf8mb4_unicode_ci",
    slow_query_log: "1",
    long_query_time: "0.5",
    log_output: "FILE",
    innodb_print_all_deadlocks: "1",
  },
  version: ({ database }) => database.version,
  stores: mariaDbStores,
};

/** TLS for everybody, and a log of what is slow, of who waits for a lock and of every change of a table; no password stands in a statement. */
export const POSTGRES: Engine = {
  name: "postgres",
  title: "PostgreSQL",
  port: STORE_PORT.postgres,
  logs: ["postgresql", "upgrade"],
  ending: "-postgres",
  parameters: {
    "rds.force_ssl": "1",
    log_min_duration_statement: "500",
    log_statement: "ddl",
    log_lock_waits: "1",
  },
  version: ({ database }) => database.postgresVersion,
  stores: postgresStores,
};

/** Every engine, the oldest of the project first: what comes later must not move its hours of maintenance. */
export const ENGINES: readonly Engine[] = [MARIADB, POSTGRES];
