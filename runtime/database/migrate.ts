import { createHash } from "node:crypto";
import type { Log } from "../process/log.ts";
import type { DatabaseSettings } from "../process/settings.ts";
import { schemaSession } from "./schema-session.ts";

/** One step of a schema, in the SQL of the service's own database. MariaDB commits each DDL statement by itself, so every statement must be safe to repeat (IF NOT EXISTS). */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

const LOCK_WAIT_SECONDS = 60;

/** Brings the schema up to date: once in effect, however often and by however many processes it is run. */
export async function migrate(settings: DatabaseSettings, migrations: readonly Migration[], log: Log): Promise<void> {
  const session = await schemaSession(settings, log);
  try {
    if (!(await session.lock(LOCK_WAIT_SECONDS)))
      throw new Error(`another migration of ${settings.name} has been running for ${LOCK_WAIT_SECONDS} s`);
    await session.query(
      "CREATE TABLE IF NOT EXISTS schema_version (name VARCHAR(100) PRIMARY KEY, checksum CHAR(64) NOT NULL, applied_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3))",
    );
    const rows = await session.query("SELECT name, checksum FROM schema_version");
    const applied = new Map(rows.map((row) => [String(row["name"]), String(row["checksum"])]));
    for (const step of pending(migrations, applied)) {
      for (const [index, statement] of step.statements.entries())
        await session.run(statement, `migration ${step.name}, statement ${index + 1} of ${step.statements.length}`);
      // The name is the service's own word, and the fingerprint a number: neither holds a quote.
      await session.query(`INSERT INTO schema_version (name, checksum) VALUES ('${step.name}', '${checksum(step)}')`);
      log.info({ migration: step.name }, "migration applied");
    }
  } finally {
    await session.end();
  }
}

/** The steps not yet applied, in order; an applied step that has been edited since is an error, as databases would differ. */
export function pending(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): readonly Migration[] {
  const edited = migrations.filter((step) => applied.has(step.name) && applied.get(step.name) !== checksum(step));
  if (edited.length > 0)
    throw new Error(
      `migrations changed after they were applied: ${edited.map((step) => step.name).join(", ")}. Add a new migration instead.`,
    );
  return migrations.filter((step) => !applied.has(step.name));
}

/** Fingerprint of a step, free of layout. */
export function checksum(step: Migration): string {
  const text = step.statements.map((statement) => statement.replace(/\s+/g, " ").trim()).join(";");
  return createHash("sha256").update(text).digest("hex");
}
