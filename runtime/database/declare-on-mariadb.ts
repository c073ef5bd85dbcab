import { escape, escapeId } from "mysql2";
import type { Log } from "../process/log.ts";
import { type Account, type Administrator, type Declaration, passwordsOf } from "./declaration.ts";
import { MARK, removeGone } from "./gone-from-mariadb.ts";
import { connectPatiently, type Session } from "./session.ts";

const WRITE = "SELECT, INSERT, UPDATE, DELETE, EXECUTE";
/** What each may do with a database. Who changes it also makes the views, routines and triggers that some migrations bring. */
const RIGHTS: Readonly<Record<Account["may"], string>> = {
  read: "SELECT",
  write: WRITE,
  change: `${WRITE}, CREATE, ALTER, DROP, INDEX, REFERENCES, CREATE TEMPORARY TABLES, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, TRIGGER`,
};

/** A right of one user: the list and the place as SHOW GRANTS writes them. */
interface Right {
  readonly rights: string;
  readonly place: string;
}

/** Databases, users and grants of a MariaDB server. */
export async function declareOnMariaDb(
  admin: Administrator,
  declarations: readonly Declaration[],
  log: Log,
): Promise<void> {
  const session = await connectPatiently(admin, log);
  try {
    for (const { name } of declarations)
      await session.query("CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", [name]);
    for (const [user, password] of passwordsOf(declarations))
      await declareAccount(session, { user, password, wanted: [MARK, ...rightsOf(user, declarations)] });
    await removeGone(session, new Set(passwordsOf(declarations).keys()), log);
    for (const { name, accounts } of declarations)
      log.info({ database: name, users: accounts.map((account) => account.name) }, "database declared");
  } finally {
    await session.end();
  }
}

function rightsOf(user: string, declarations: readonly Declaration[]): readonly Right[] {
  return declarations.flatMap((database) =>
    database.accounts
      .filter(({ name }) => name === user)
      // An underscore in a database name of GRANT is a wildcard unless it is escaped.
      .map(({ may }) => ({ rights: RIGHTS[may], place: ` ON ${escapeId(database.name.replaceAll("_", "\\_"))}.*` })),
  );
}

/** Services connect while this runs, so a right that is wanted is given first and never taken away for a moment. */
async function declareAccount(
  session: Session,
  { user, password, wanted }: { user: string; password: string; wanted: readonly Right[] },
): Promise<void> {
  const account = `${escape(user)}@'%'`;
  await session.query(`CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY ?`, [password]);
  // Also sets the new password after a rotation, and lets in again who was gone for a while.
  await session.query(`ALTER USER ${account} IDENTIFIED BY ? ACCOUNT UNLOCK`, [password]);
  for (const { rights, place } of wanted) {
    await session.query(`GRANT ${rights}${place} TO ${account}`);
    // Without a right that no user has, the server lists what there is instead of saying ALL PRIVILEGES.
    await session.query(`REVOKE LOCK TABLES, GRANT OPTION${place} FROM ${account}`);
  }
  const lines = (await session.query(`SHOW GRANTS FOR ${account}`)).flatMap((row) => Object.values(row).map(String));
  for (const surplus of lines.flatMap((line) => surplusIn(line, wanted)))
    await session.query(`REVOKE ${surplus} FROM ${account}`);
}

/** What a line of SHOW GRANTS gives beyond what is wanted; at any other place, and be it a role, that is all of it. */
function surplusIn(line: string, wanted: readonly Right[]): readonly string[] {
  const [, rights = "", place = ""] = /^GRANT (.+?)( ON .+?)? TO /.exec(line) ?? [];
  const here = wanted.find((right) => right.place === place)?.rights.split(", ");
  const surplus = here ? rights.split(", ").filter((right) => !here.includes(right)) : [rights];
  if (line.includes(" WITH GRANT OPTION")) surplus.push("GRANT OPTION");
  return surplus.filter((right) => right !== "" && right !== "USAGE").map((right) => right + place);
}
