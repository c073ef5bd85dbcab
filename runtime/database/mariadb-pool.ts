import { type Dialect, MysqlDialect, type MysqlPool, type MysqlPoolConnection, type MysqlQueryResult } from "kysely";
import { createPool, type Pool, type PoolConnection } from "mysql2";
import { metrics } from "../process/metrics.ts";
import type { DatabaseSettings } from "../process/settings.ts";
import { ACQUIRE_TIMEOUT_MS, connectionOptions, POOL_TIMEOUT, SESSION_SETTINGS } from "./connection.ts";
import { DatabaseError } from "./database-error.ts";

/** Connections to MariaDB as kysely takes them. Nothing connects before the first statement. */
export function mariadbDialect(settings: DatabaseSettings): Dialect {
  const pool = createPool({ ...connectionOptions(settings), connectionLimit: settings.pool, maxIdle: settings.pool });
  watchPool(pool);
  return new MysqlDialect({ pool: measured(pool) });
}

/** The pool as kysely wants it, with a bounded and measured wait for a connection; mysql2 itself waits for ever. */
function measured(pool: Pool): MysqlPool {
  return {
    getConnection(done) {
      const stop = metrics.poolAcquire.startTimer();
      let givenUp = false;
      metrics.poolWaiting.inc();
      const fail = (error: unknown) => done(error, undefined as unknown as MysqlPoolConnection);
      const timer = setTimeout(() => {
        givenUp = true;
        metrics.poolTimeouts.inc();
        fail(Object.assign(new Error("no database connection became free in time"), { code: POOL_TIMEOUT }));
      }, ACQUIRE_TIMEOUT_MS);
      pool.getConnection((error, connection) => {
        clearTimeout(timer);
        metrics.poolWaiting.dec();
        stop();
        if (givenUp) return connection?.release();
        if (error) return fail(new DatabaseError(error, "connect"));
        done(undefined, discreet(connection));
      });
    },
    end: (done) => pool.end(done),
  };
}

/** A connection as kysely wants it, whose errors carry no values. */
function discreet(connection: PoolConnection): MysqlPoolConnection {
  function query(sql: string, values: unknown[], done?: Parameters<MysqlPoolConnection["query"]>[2]): never | void {
    if (done === undefined) throw new Error("rows are not streamed here: read them in pages");
    connection.query(sql, values, (error, result) =>
      done(error ? new DatabaseError(error, sql) : undefined, result as MysqlQueryResult),
    );
  }
  return { query: query as MysqlPoolConnection["query"], release: () => connection.release() };
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
    // Where one is refused, nothing is done over this connection.
    for (const setting of SESSION_SETTINGS) connection.query(setting, (error) => void (error && connection.destroy()));
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
