import { escapeIdentifier, escapeLiteral } from "pg";
import type { Declaration } from "./declaration.ts";
import { group, groupName, GROUPS } from "./postgres-groups.ts";
import type { PostgresSession } from "./postgres-session.ts";
import { scramVerifier } from "./scram-verifier.ts";

/** What a user may never be, by the column that says so. */
const ATTRIBUTES = {
  rolsuper: "NOSUPERUSER",
  rolcreatedb: "NOCREATEDB",
  rolcreaterole: "NOCREATEROLE",
  rolreplication: "NOREPLICATION",
  rolbypassrls: "NOBYPASSRLS",
} as const;

/** A user with its password and its groups; a group that is wanted is given before another is taken away. */
export async function declareUser(
  session: PostgresSession,
  { user, password }: { readonly user: string; readonly password: string },
  declarations: readonly Declaration[],
): Promise<void> {
  const name = escapeIdentifier(user);
  const [found] = await session.query(`SELECT ${Object.keys(ATTRIBUTES).join(", ")} FROM pg_roles WHERE rolname = $1`, [
    user,
  ]);
  const command = `${found ? "ALTER" : "CREATE"} ROLE ${name}`;
  await session.run(
    `${command} LOGIN PASSWORD ${escapeLiteral(scramVerifier(password))}`,
    `${command} LOGIN PASSWORD …`,
  );
  const surplus = Object.entries(ATTRIBUTES).filter(([column]) => found?.[column] === true);
  if (surplus.length > 0) await session.query(`ALTER ROLE ${name} ${surplus.map(([, word]) => word).join(" ")}`);

  const wanted = new Set<string>();
  for (const { name: database, accounts } of declarations) {
    const may = accounts.find((account) => account.name === user)?.may;
    if (may === undefined) continue;
    wanted.add(groupName(database, may));
    await session.query(`GRANT ${group(database, may)} TO ${name}`);
    // What a session of it makes belongs to the group, so that it outlives the user and its rights.
    const role = may === "change" ? `SET role TO ${group(database, may)}` : "RESET role";
    await session.query(`ALTER ROLE ${name} IN DATABASE ${escapeIdentifier(database)} ${role}`);
  }
  for (const other of await memberships(session, "m.member", user))
    if (!wanted.has(other)) await session.query(`REVOKE ${escapeIdentifier(other)} FROM ${name}`);
}

/** Whoever is in a group of the database but no longer in its description goes; the administrator stays. */
export async function removeStrangers(session: PostgresSession, { name, accounts }: Declaration): Promise<void> {
  const users = new Set(accounts.map((account) => account.name));
  const [self] = await session.query("SELECT current_user AS name");
  for (const may of GROUPS)
    for (const member of await memberships(session, "m.roleid", groupName(name, may)))
      if (!users.has(member) && member !== self?.["name"])
        await session.query(`REVOKE ${group(name, may)} FROM ${escapeIdentifier(member)}`);
}

/** The groups of a member, or the members of a group. */
async function memberships(
  session: PostgresSession,
  side: "m.member" | "m.roleid",
  name: string,
): Promise<readonly string[]> {
  const other = side === "m.member" ? "m.roleid" : "m.member";
  const rows = await session.query(
    `SELECT DISTINCT pg_get_userbyid(${other}) AS name FROM pg_auth_members m WHERE pg_get_userbyid(${side}) = $1`,
    [name],
  );
  return rows.map((row) => String(row["name"]));
}
