import { escapeIdentifier, escapeLiteral } from "pg";
import type { Log } from "../process/log.ts";
import { takeWhatIsItsOwn } from "./declare-inside-postgres.ts";
import type { PostgresSession } from "./postgres-session.ts";

/** What is said of each user of ours, so that those are told apart that somebody else made. */
const MARK = "made by slipway from a description";

/** Connects to one database of the server. */
type Connect = (database: string) => Promise<PostgresSession>;

/** Gives the mark to a user that is made from the description. */
export async function markUser(session: PostgresSession, user: string): Promise<void> {
  await session.query(`COMMENT ON ROLE ${escapeIdentifier(user)} IS ${escapeLiteral(MARK)}`);
}

/** Users that were made from the description and are no longer in it go, with their rights; what they made belongs to the database. */
export async function removeGone(
  session: PostgresSession,
  described: ReadonlySet<string>,
  connect: Connect,
  log: Log,
): Promise<void> {
  const marked = await session.query(
    "SELECT rolname AS name FROM pg_roles WHERE rolcanlogin AND shobj_description(oid, 'pg_authid') = $1",
    [MARK],
  );
  for (const user of marked.map(({ name }) => String(name)).filter((name) => !described.has(name))) {
    for (const database of await databasesOf(session, user)) {
      const inside = await connect(database);
      await takeWhatIsItsOwn(inside, user, database).finally(() => inside.end());
    }
    await session.query(`DROP ROLE ${escapeIdentifier(user)}`);
    log.info({ user }, "user removed");
  }
}

/** Databases where a user owns something or was given something by name. */
async function databasesOf(session: PostgresSession, user: string): Promise<string[]> {
  const rows = await session.query(
    "SELECT DISTINCT datname AS name FROM pg_shdepend s JOIN pg_database d ON d.oid IN (s.dbid, CASE WHEN s.dbid = 0 THEN s.objid END) WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = (SELECT oid FROM pg_roles WHERE rolname = $1)",
    [user],
  );
  return rows.map(({ name }) => String(name));
}
