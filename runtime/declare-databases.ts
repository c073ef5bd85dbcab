import type { Connection } from "mysql2/promise";
import { BadInput, type DatabasesFile } from "./job-files.ts";
import type { Log } from "./log.ts";
import { connectPatiently } from "./migrate.ts";
import type { DatabaseSettings } from "./settings.ts";

const MIN_PASSWORD_LENGTH = 16;
const APP_RIGHTS = "SELECT, INSERT, UPDATE, DELETE, EXECUTE";
const OWNER_RIGHTS = `${APP_RIGHTS}, CREATE, ALTER, DROP, INDEX, REFERENCES`;

interface Account { readonly user: string; readonly password: string; readonly rights: string }

/** Makes each database with its two users: one that works with rows and one that changes the schema, both confined to it. */
export async function declareDatabases(admin: Omit<DatabaseSettings, "pool">, file: DatabasesFile, env: NodeJS.ProcessEnv, log: Log): Promise<void> {
  const plans = file.databases.map((database) => ({ name: database.name, accounts: [
    { user: database.user, password: env[database.passwordEnv] ?? "", rights: APP_RIGHTS },
    { user: database.owner, password: env[database.ownerPasswordEnv] ?? "", rights: OWNER_RIGHTS },
  ] }));
  const weak = plans.flatMap(({ accounts }) => accounts).filter(({ password }) => password.length < MIN_PASSWORD_LENGTH);
  if (weak.length > 0) throw new BadInput(`passwords of ${weak.map(({ user }) => user).join(", ")}: wanted at least ${MIN_PASSWORD_LENGTH} characters in the environment variables that databases.json names`);
  const connection = await connectPatiently(admin, log);
  try {
    for (const { name, accounts } of plans) {
      await connection.query("CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", [name]);
      for (const account of accounts) await declareAccount(connection, name, account);
      log.info({ database: name, users: accounts.map(({ user }) => user) }, "database declared");
    }
  } finally {
    await connection.end();
  }
}

async function declareAccount(connection: Connection, database: string, { user, password, rights }: Account): Promise<void> {
  await connection.query("CREATE USER IF NOT EXISTS ?@'%' IDENTIFIED BY ?", [user, password]);
  // Also sets the new password after a rotation.
  await connection.query("ALTER USER ?@'%' IDENTIFIED BY ?", [user, password]);
  // Rights that an earlier version gave and this one does not must go. REVOKE of nothing is an error, hence the grant before.
  await connection.query("GRANT USAGE ON *.* TO ?@'%'", [user]);
  await connection.query("REVOKE ALL PRIVILEGES, GRANT OPTION FROM ?@'%'", [user]);
  // An underscore in a database name of GRANT is a wildcard unless it is escaped.
  await connection.query(`GRANT ${rights} ON ??.* TO ?@'%'`, [database.replaceAll("_", "\\_"), user]);
}
