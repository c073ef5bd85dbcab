import {
  type Dialect,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from "kysely";
import { Pool, type PoolClient } from "pg";
import type { Log } from "../process/log.ts";
import { metrics } from "../process/metrics.ts";
import type { DatabaseSettings } from "../process/settings.ts";
import { ACQUIRE_TIMEOUT_MS, POOL_TIMEOUT } from "./connection.ts";
import { DatabaseError } from "./database-error.ts";
import { postgresOptions } from "./postgres-connection.ts";

/** What the driver says, without any code, when no connection became free or could be made in time. */
const TIMED_OUT = /timeout exceeded when trying to connect/;

/** Connections to PostgreSQL as kysely takes them, measured as those to MariaDB are. Nothing connects before the first statement. */
export function postgresDialect(settings: DatabaseSettings, log: Log): Dialect {
  const pool = new Pool({
    ...postgresOptions(settings, settings.name),
    max: settings.pool,
    connectionTimeoutMillis: ACQUIRE_TIMEOUT_MS,
    idleTimeoutMillis: 0,
  });
  // A connection that breaks while nobody uses it says so here, and the pool forgets it.
  pool.on("error", (error) => log.warn({ err: new DatabaseError(error, "wait") }, "an idle connection broke"));
  for (const event of ["connect", "acquire", "release", "remove"] as const) pool.on(event, () => showPool(pool));
  return new PostgresDialect({ pool: measured(pool) });
}

function measured(pool: Pool): PostgresPool {
  return {
    async connect() {
      const stop = metrics.poolAcquire.startTimer();
      metrics.poolWaiting.inc();
      try {
        return discreet(await pool.connect());
      } catch (error) {
        const timedOut = error instanceof Error && TIMED_OUT.test(error.message);
        if (timedOut) metrics.poolTimeouts.inc();
        throw new DatabaseError(timedOut ? Object.assign(error, { code: POOL_TIMEOUT }) : error, "connect");
      } finally {
        metrics.poolWaiting.dec();
        stop();
      }
    },
    end: () => pool.end(),
  };
}

/** A connection as kysely wants it, whose errors carry no values. */
function discreet(client: PoolClient): PostgresPoolClient {
  async function query<Row>(statement: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
    try {
      return (await client.query(statement, [...values])) as unknown as PostgresQueryResult<Row>;
    } catch (error) {
      throw new DatabaseError(error, statement);
    }
  }
  return { query: query as PostgresPoolClient["query"], release: () => client.release() };
}

function showPool({ totalCount, idleCount }: Pool): void {
  metrics.poolConnections.set({ state: "active" }, totalCount - idleCount);
  metrics.poolConnections.set({ state: "idle" }, idleCount);
}
