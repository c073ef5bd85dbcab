import { escape, escapeId } from "mysql2";
import type { Log } from "../process/log.ts";
import type { Session } from "./session.ts";

/** A database that nobody makes. The right to read it tells users of ours from those that somebody else made: the server keeps no word about a user. */
const NOWHERE = "slipway.user";
/** That right, as SHOW GRANTS writes it. */
export const MARK = { rights: "SELECT", place: ` ON ${escapeId(NOWHERE, true)}.*` } as const;

/** Where users are named whose rights something stored acts with: without the user it would fail. Nobody has the right to make events. */
const DEFINERS = ["VIEWS", "ROUTINES", "TRIGGERS"].map((kind) => `SELECT DEFINER FROM information_schema.${kind}`);

/**
 * Users that were made from the description and are no longer in it go, with their rights; nothing in a database does. One in
 * whose name a view, a routine or a trigger acts stays for these, and nobody logs in as it any more.
 */
export async function removeGone(session: Session, described: ReadonlySet<string>, log: Log): Promise<void> {
  const marked = await session.query("SELECT User AS name FROM mysql.db WHERE Db = ? AND Host = '%'", [NOWHERE]);
  const gone = marked.map(({ name }) => String(name)).filter((name) => !described.has(name));
  if (gone.length === 0) return;
  const definers = new Set((await session.query(DEFINERS.join(" UNION "))).map(({ DEFINER }) => String(DEFINER)));
  for (const user of gone) {
    const needed = definers.has(`${user}@%`);
    await session.query(needed ? `ALTER USER ${escape(user)}@'%' ACCOUNT LOCK` : `DROP USER ${escape(user)}@'%'`);
    log.info({ user }, needed ? "user locked: no longer described, but something acts in its name" : "user removed");
  }
}
