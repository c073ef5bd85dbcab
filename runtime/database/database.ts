import { CamelCasePlugin, Kysely } from "kysely";
import type { Log } from "../process/log.ts";
import { metrics } from "../process/metrics.ts";
import type { DatabaseSettings } from "../process/settings.ts";
import { shortened } from "../process/shortened.ts";
import { mariadbDialect } from "./mariadb-pool.ts";
import { postgresDialect } from "./postgres-pool.ts";

const SLOW_QUERY_MS = 500;

/** A typed query builder over a measured connection pool. Nothing connects before the first statement. */
export function openDatabase<Tables>(settings: DatabaseSettings, log: Log): Kysely<Tables> {
  metrics.poolMax.set(settings.pool);
  return new Kysely<Tables>({
    dialect: settings.engine === "postgres" ? postgresDialect(settings, log) : mariadbDialect(settings),
    plugins: [new CamelCasePlugin()],
    log(event) {
      metrics.queryDuration.observe(event.queryDurationMillis / 1000);
      if (event.level === "error") metrics.queryErrors.inc();
      if (event.queryDurationMillis > SLOW_QUERY_MS)
        log.warn(
          { statement: shortened(event.query.sql), ms: Math.round(event.queryDurationMillis) },
          "slow statement",
        );
    },
  });
}
