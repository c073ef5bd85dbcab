import { escapeIdentifier } from "pg";
import type { Declaration } from "./declaration.ts";
import { group } from "./postgres-groups.ts";
import type { PostgresSession } from "./postgres-session.ts";

/** Rights on one kind of object, by group; whoever may change owns them. */
const RIGHTS = {
  TABLES: { read: "SELECT", write: "SELECT, INSERT, UPDATE, DELETE" },
  SEQUENCES: { read: "SELECT", write: "SELECT, USAGE, UPDATE" },
} as const;
/** Letters of pg_class for tables, their partitions, views and what stands in for a table elsewhere; and for sequences. */
const KINDS = { TABLES: ["r", "p", "v", "m", "f"], SEQUENCES: ["S"] } as const;

const OURS = "nspname !~ '^pg_' AND nspname <> 'information_schema'";

/** Extensions and rights in the database of the session: all at once or not at all. */
export async function declareInside(session: PostgresSession, declaration: Declaration): Promise<void> {
  const { name, accounts, extensions } = declaration;
  await session.query("BEGIN");
  for (const extension of extensions)
    await session.query(`CREATE EXTENSION IF NOT EXISTS ${escapeIdentifier(extension)}`);
  for (const account of accounts) await takeWhatIsItsOwn(session, account.name, name);
  await grantSchemas(session, name);
  for (const kind of ["TABLES", "SEQUENCES"] as const) await grantObjects(session, name, kind);
  await session.query("COMMIT");
}

/** What a user owns goes to the group, and what it was given by name is taken away: it has its group's rights and no other. */
export async function takeWhatIsItsOwn(session: PostgresSession, user: string, database: string): Promise<void> {
  const name = escapeIdentifier(user);
  await session.query(`GRANT ${name} TO CURRENT_USER`); // without it nobody but a superuser may speak for the user
  await session.query(`REASSIGN OWNED BY ${name} TO ${group(database, "change")}`);
  await session.query(`DROP OWNED BY ${name}`); // only its rights are left to drop
  await session.query(`REVOKE ${name} FROM CURRENT_USER`);
}

async function grantSchemas(session: PostgresSession, database: string): Promise<void> {
  const [read, write, change] = [group(database, "read"), group(database, "write"), group(database, "change")];
  const schemas = await session.query(
    `SELECT nspname FROM pg_namespace WHERE ${OURS} AND pg_has_role(nspowner, 'USAGE')`,
  );
  for (const { nspname } of schemas) {
    const schema = escapeIdentifier(String(nspname));
    await session.query(`REVOKE CREATE ON SCHEMA ${schema} FROM PUBLIC`); // what PostgreSQL 14 still gives
    await session.query(`GRANT USAGE ON SCHEMA ${schema} TO ${read}, ${write}`);
  }
  await session.query(`ALTER DEFAULT PRIVILEGES FOR ROLE ${change} GRANT USAGE ON SCHEMAS TO ${read}, ${write}`);
}

/** For what is there, and for what will be made. */
async function grantObjects(session: PostgresSession, database: string, kind: keyof typeof RIGHTS): Promise<void> {
  const [found] = await session.query(
    `SELECT string_agg(format('%I.%I', nspname, relname), ', ') AS names FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE ${OURS} AND relkind::text = ANY ($1) AND pg_has_role(relowner, 'USAGE')`,
    [KINDS[kind]],
  );
  for (const may of ["read", "write"] as const) {
    const to = `${RIGHTS[kind][may]} ON`;
    const whom = `TO ${group(database, may)}`;
    await session.query(`ALTER DEFAULT PRIVILEGES FOR ROLE ${group(database, "change")} GRANT ${to} ${kind} ${whom}`);
    if (typeof found?.["names"] === "string")
      await session.query(`GRANT ${to} ${kind === "SEQUENCES" ? "SEQUENCE " : ""}${found["names"]} ${whom}`);
  }
}
