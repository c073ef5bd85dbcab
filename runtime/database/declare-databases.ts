import { escape, escapeId } from "mysql2";
import { BadInput, type DatabasesFile } from "../process/job-files.ts";
import type { Log } from "../process/log.ts";
import type { DatabaseSettings } from "../process/settings.ts";
import { connectPatiently, type Session } from "./session.ts";

const MIN_PASSWORD_LENGTH = 16;
const APP_RIGHTS = "SELECT, INSERT, UPDATE, DELETE, EXECUTE";
const OWNER_RIGHTS = `${APP_RIGHTS}, CREATE, ALTER, DROP, INDEX, REFERENCES`;

interface Account {
  readonly user: string;
  readonly password: string;
  readonly rights: string;
}

/** Makes each database with its two users: one that works with rows and one that changes the schema, both confined to it. */
export async function declareDatabases(
  admin: Omit<DatabaseSettings, "pool">,
  file: DatabasesFile,
  env: NodeJS.ProcessEnv,
  log: Log,
): Promise<void> {
  const plans = file.databases.map((database) => ({
    name: database.name,
    accounts: [
      { user: database.user, password: env[database.passwordEnv] ?? "", rights: APP_RIGHTS },
      { user: database.owner, password: env[database.ownerPasswordEnv] ?? "", rights: OWNER_RIGHTS },
    ],
  }));
  const weak = plans
    .flatMap(({ accounts }) => accounts)
    .filter(({ password }) => password.length < MIN_PASSWORD_LENGTH);
  if (weak.length > 0)
    throw new BadInput(
      `passwords of ${weak.map(({ user }) => user).join(", ")}: wanted at least ${MIN_PASSWORD_LENGTH} characters in the environment variables that databases.json names`,
    );
  const session = await connectPatiently(admin, log);
  try {
    for (const { name, accounts } of plans) {
      await session.query("CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", [name]);
      for (const account of accounts) await declareAccount(session, name, account);
      log.info({ database: name, users: accounts.map(({ user }) => user) }, "database declared");
    }
  } finally {
    await session.end();
  }
}

/** Services connect while this runs, so a right that is wanted is given first and never taken away for a moment. */
async function declareAccount(session: Session, database: string, { user, password, rights }: Account): Promise<void> {
  const account = `${escape(user)}@'%'`;
  // An underscore in a database name of GRANT is a wildcard unless it is escaped.
  const place = ` ON ${escapeId(database.replaceAll("_", "\\_"))}.*`;
  await session.query(`CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY ?`, [password]);
  // Also sets the new password after a rotation.
  await session.query(`ALTER USER ${account} IDENTIFIED BY ?`, [password]);
  await session.query(`GRANT ${rights}${place} TO ${account}`);
  // Without a right that no user has, the server lists what there is instead of saying ALL PRIVILEGES.
  await session.query(`REVOKE LOCK TABLES, GRANT OPTION${place} FROM ${account}`);
  const lines = (await session.query(`SHOW GRANTS FOR ${account}`)).flatMap((row) => Object.values(row).map(String));
  for (const surplus of lines.flatMap((line) => surplusIn(line, { rights: rights.split(", "), place })))
    await session.query(`REVOKE ${surplus} FROM ${account}`);
}

/** What a line of SHOW GRANTS gives beyond what is wanted; at any other place, and be it a role, that is all of it. */
function surplusIn(
  line: string,
  wanted: { readonly rights: readonly string[]; readonly place: string },
): readonly string[] {
  const [, rights = "", place = ""] = /^GRANT (.+?)( ON .+?)? TO /.exec(line) ?? [];
  const surplus =
    place === wanted.place ? rights.split(", ").filter((right) => !wanted.rights.includes(right)) : [rights];
  if (line.includes(" WITH GRANT OPTION")) surplus.push("GRANT OPTION");
  return surplus.filter((right) => right !== "" && right !== "USAGE").map((right) => right + place);
}
