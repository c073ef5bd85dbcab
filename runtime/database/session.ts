import { setTimeout as sleep } from "node:timers/promises";
import { type Connection, createConnection } from "mysql2/promise";
import type { Log } from "../process/log.ts";
import { connectionOptions, SESSION_SETTINGS } from "./connection.ts";
import type { Administrator } from "./declaration.ts";
import { DatabaseError } from "./database-error.ts";

type Row = Readonly<Record<string, unknown>>;

/** One connection outside any pool, for migrations and jobs. Its errors carry no values. */
export interface Session {
  /** Rows of a statement whose values stand in `?` and whose names stand in `??`. */
  query(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** A statement that is written in full and may hold values; `meaning` stands for it in errors. */
  run(statement: string, meaning: string): Promise<void>;
  end(): Promise<void>;
}

const CONNECT_ATTEMPTS = 30;
const CONNECT_PAUSE_MS = 2000;

/** A session with MariaDB, waiting for a database that is still starting or whose users are still being made. */
export async function connectPatiently(settings: Administrator, log: Log): Promise<Session> {
  return patiently(() => openSession(settings), log);
}

/** What `open` gives at last, be it a minute later. */
export async function patiently<Opened>(open: () => Promise<Opened>, log: Log): Promise<Opened> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open();
    } catch (error) {
      if (attempt >= CONNECT_ATTEMPTS) throw error;
      log.warn({ attempt, err: error }, "database is not reachable yet");
      await sleep(CONNECT_PAUSE_MS);
    }
  }
}

async function openSession(settings: Administrator): Promise<Session> {
  const connection = await createConnection(connectionOptions(settings)).catch((error: unknown) => {
    throw new DatabaseError(error, "connect");
  });
  const session: Session = {
    query: (statement, values = []) => send(connection, statement, values, statement),
    async run(statement, meaning) {
      await send(connection, statement, [], meaning);
    },
    end: () => connection.end(),
  };
  try {
    for (const setting of SESSION_SETTINGS) await session.query(setting);
    return session;
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

async function send(
  connection: Connection,
  statement: string,
  values: readonly unknown[],
  meaning: string,
): Promise<readonly Row[]> {
  try {
    const [rows] = await connection.query(statement, [...values]);
    return Array.isArray(rows) ? (rows as readonly Row[]) : [];
  } catch (error) {
    throw new DatabaseError(error, meaning);
  }
}
