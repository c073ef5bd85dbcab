import { escapeIdentifier } from "pg";
import { escapeId } from "mysql2";
import type { Log } from "../process/log.ts";
import type { DatabaseSettings } from "../process/settings.ts";
import { connectToPostgres } from "./postgres-session.ts";
import { connectPatiently, type Session } from "./session.ts";

/** A session of one's own database, on either engine, for what is done to its tables as a whole. */
export interface SchemaSession extends Pick<Session, "run" | "end"> {
  /** Rows of a statement without values. */
  query(statement: string): ReturnType<Session["query"]>;
  /** A name as this engine writes it. */
  quoted(name: string): string;
  /** Waits until no other migration of this database runs; false when that takes too long. The lock ends with the session. */
  lock(seconds: number): Promise<boolean>;
}

/** Any number: the lock of migrations is of this database alone. */
const MIGRATION = 5_418_275;
const LOCK_NOT_AVAILABLE = "55P03";

/** Opens it, waiting for a database that is still starting. */
export async function schemaSession(settings: DatabaseSettings, log: Log): Promise<SchemaSession> {
  return settings.engine === "postgres" ? onPostgres(settings, log) : onMariaDb(settings, log);
}

async function onMariaDb(settings: DatabaseSettings, log: Log): Promise<SchemaSession> {
  const session = await connectPatiently(settings, log);
  return {
    ...session,
    quoted: (name) => escapeId(name),
    async lock(seconds) {
      // The lock is the server's, not the database's.
      const [row] = await session.query("SELECT GET_LOCK(?, ?) AS got", [`migrate:${settings.name}`, seconds]);
      return row?.["got"] === 1;
    },
  };
}

async function onPostgres(settings: DatabaseSettings, log: Log): Promise<SchemaSession> {
  const session = await connectToPostgres(settings, settings.name, log);
  return {
    ...session,
    quoted: (name) => escapeIdentifier(name),
    async lock(seconds) {
      await session.query(`SET lock_timeout = '${seconds}s'`);
      try {
        await session.query(`SELECT pg_advisory_lock(${MIGRATION})`);
      } catch (error) {
        if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return false;
        throw error;
      }
      await session.query("RESET lock_timeout");
      return true;
    },
  };
}
