import { Client } from "pg";
import type { Log } from "../process/log.ts";
import type { Administrator } from "./declaration.ts";
import { DatabaseError } from "./database-error.ts";
import { postgresOptions } from "./postgres-connection.ts";
import { patiently } from "./session.ts";

type Row = Readonly<Record<string, unknown>>;

/** One connection to one database of a PostgreSQL server. Its errors carry no values. */
export interface PostgresSession {
  /** Rows of a statement whose values stand in `$1`, `$2` …; names are written in it with `escapeIdentifier`. */
  query(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** A statement that holds a secret; `meaning` stands for it in errors. */
  run(statement: string, meaning: string): Promise<void>;
  end(): Promise<void>;
}

/** A session in the database `name`, waiting for a server that is still starting. */
export async function connectToPostgres(
  admin: Omit<Administrator, "name">,
  name: string,
  log: Log,
): Promise<PostgresSession> {
  return patiently(() => openSession(admin, name, log), log);
}

async function openSession(admin: Omit<Administrator, "name">, database: string, log: Log): Promise<PostgresSession> {
  const client = new Client(postgresOptions(admin, database));
  // A connection that breaks between two statements says so here; the next statement fails of it.
  client.on("error", (error) => log.warn({ err: new DatabaseError(error, "wait") }, "the connection broke"));
  const send = async (statement: string, values: readonly unknown[], meaning: string): Promise<readonly Row[]> => {
    try {
      const { rows } = await client.query<Row>(statement, [...values]);
      return rows;
    } catch (error) {
      throw new DatabaseError(error, meaning);
    }
  };
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseError(error, "connect");
  }
  return {
    query: (statement, values = []) => send(statement, values, statement),
    run: async (statement, meaning) => void (await send(statement, [], meaning)),
    end: () => client.end(),
  };
}
