import { escapeIdentifier } from "pg";
import { BadInput } from "../process/job-files.ts";
import type { Log } from "../process/log.ts";
import { type Administrator, type Declaration, passwordsOf } from "./declaration.ts";
import { declareInside } from "./declare-inside-postgres.ts";
import { markUser, removeGone } from "./gone-from-postgres.ts";
import { DATABASE_NAME_MAX, group, groupName, GROUPS } from "./postgres-groups.ts";
import { connectToPostgres, type PostgresSession } from "./postgres-session.ts";
import { declareUser, removeStrangers } from "./postgres-users.ts";

/** Where the administrator connects when no database of ours is meant. */
const MAINTENANCE = "postgres";

/** Databases, users and rights of a PostgreSQL server. */
export async function declareOnPostgres(
  admin: Administrator,
  declarations: readonly Declaration[],
  log: Log,
): Promise<void> {
  refuseLongNames(declarations);
  const session = await connectToPostgres(admin, MAINTENANCE, log);
  try {
    await closeToStrangers(session, [MAINTENANCE, "template1"]);
    for (const { name } of declarations) await declareDatabase(session, name);
    for (const [user, password] of passwordsOf(declarations))
      await declareUser(session, { user, password }, declarations);
    for (const user of passwordsOf(declarations).keys()) await markUser(session, user);
    for (const declaration of declarations) await removeStrangers(session, declaration);
    const users = new Set(passwordsOf(declarations).keys());
    await removeGone(session, users, (database) => connectToPostgres(admin, database, log), log);
  } finally {
    await session.end();
  }
  for (const declaration of declarations) {
    const { name, accounts } = declaration;
    const inside = await connectToPostgres(admin, name, log);
    await declareInside(inside, declaration).finally(() => inside.end());
    log.info({ database: name, users: accounts.map((account) => account.name) }, "database declared");
  }
}

function refuseLongNames(declarations: readonly Declaration[]): void {
  const long = declarations.filter(({ name }) => name.length > DATABASE_NAME_MAX);
  if (long.length > 0)
    throw new BadInput(
      `names of databases: ${long.map(({ name }) => `"${name}"`).join(", ")}, wanted at most ${DATABASE_NAME_MAX} characters on PostgreSQL`,
    );
}

/** The database with its groups; it belongs to the group that may change it. */
async function declareDatabase(session: PostgresSession, name: string): Promise<void> {
  const groups = await session.query("SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)", [
    GROUPS.map((may) => groupName(name, may)),
  ]);
  const there = new Set(groups.map((row) => row["rolname"]));
  for (const may of GROUPS)
    if (!there.has(groupName(name, may))) await session.query(`CREATE ROLE ${group(name, may)} NOLOGIN`);
  // An administrator that is no superuser, as on RDS, gives nothing away to a role that it does not belong to.
  await session.query(`GRANT ${group(name, "change")} TO CURRENT_USER`);
  const database = escapeIdentifier(name);
  const [found] = await session.query("SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1", [
    name,
  ]);
  if (!found) await session.query(`CREATE DATABASE ${database} OWNER ${group(name, "change")}`);
  else if (found["owner"] !== groupName(name, "change"))
    await session.query(`ALTER DATABASE ${database} OWNER TO ${group(name, "change")}`);
  await session.query(`GRANT CONNECT ON DATABASE ${database} TO ${group(name, "read")}`);
  await session.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${group(name, "write")}`);
  await closeToStrangers(session, [name]);
}

/** By default everybody who may log in to the server may connect to each of its databases. */
async function closeToStrangers(session: PostgresSession, names: readonly string[]): Promise<void> {
  const ours = await session.query(
    "SELECT datname FROM pg_database WHERE datname = ANY ($1) AND pg_has_role(datdba, 'USAGE')",
    [names],
  );
  for (const { datname } of ours)
    await session.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(String(datname))} FROM PUBLIC`);
}
