import { BadInput, type DatabasesFile } from "../process/job-files.ts";
import type { Log } from "../process/log.ts";
import type { Administrator } from "./declaration.ts";
import { declareOnMariaDb } from "./declare-on-mariadb.ts";
import { declareOnPostgres } from "./declare-on-postgres.ts";

const MIN_PASSWORD_LENGTH = 16;

const DECLARE = { mariadb: declareOnMariaDb, postgres: declareOnPostgres };

/** Makes each database with its users, each confined to what it may do there. Safe to run twice, also while services are at work. */
export async function declareDatabases(
  admin: Administrator,
  file: DatabasesFile,
  env: NodeJS.ProcessEnv,
  log: Log,
): Promise<void> {
  const declarations = file.databases.map(({ name, users, extensions }) => ({
    name,
    extensions,
    accounts: users.map((user) => ({ name: user.name, may: user.may, password: env[user.passwordEnv] ?? "" })),
  }));
  const weak = declarations
    .flatMap(({ accounts }) => accounts)
    .filter(({ password }) => password.length < MIN_PASSWORD_LENGTH);
  if (weak.length > 0)
    throw new BadInput(
      `passwords of ${weak.map(({ name }) => name).join(", ")}: wanted at least ${MIN_PASSWORD_LENGTH} characters in the environment variables that databases.json names`,
    );
  await DECLARE[file.engine](admin, declarations, log);
}
