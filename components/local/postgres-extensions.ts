import { log, RunError } from "@pulumi/pulumi";
import type { SystemPlan } from "../../model/plan.ts";

/** What Debian's postgresql-15 brings and a database may switch on for its users. */
const EXTENSIONS = [
  ...["autoinc", "bloom", "btree_gin", "btree_gist", "citext", "cube", "dict_int", "dict_xsyn", "earthdistance"],
  ...["fuzzystrmatch", "hstore", "insert_username", "intarray", "isn", "lo", "ltree", "moddatetime", "pg_prewarm"],
  ...["pg_trgm", "pgcrypto", "pgrowlocks", "pgstattuple", "plpgsql", "refint", "seg", "sslinfo", "tablefunc", "tcn"],
  ...["tsm_system_rows", "tsm_system_time", "unaccent", "uuid-ossp", "xml2"],
];

/**
 * Refuses what the server of this machine does not have, before anything is made; RDS has others. A plan of what only prod
 * will run may be looked at all the same.
 */
export function refuseUnknownExtensions(
  { name: system, stores }: Pick<SystemPlan, "name" | "stores">,
  previewing: boolean,
): void {
  const faults = stores.flatMap(({ name, extensions }) =>
    extensions.filter((one) => !EXTENSIONS.includes(one)).map((one) => `store "${name}": extension "${one}"`),
  );
  if (faults.length === 0) return;
  const message =
    `${system}: the PostgreSQL 15 of this machine does not have: ${faults.join(", ")}; it has ${EXTENSIONS.join(", ")}. ` +
    `Fix systems/${system}/system.ts, or reach a server that has it with { kind: "postgres", existing: "<setting>" }.`;
  if (!previewing) throw new RunError(message);
  void log.warn(message);
}
