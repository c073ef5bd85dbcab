import type { Fault } from "../../fault.ts";
import { isOnKit } from "../../plan/program/source.ts";
import type { System } from "../../system.ts";
import type { AnyPart } from "../../words/service.ts";
import { at, servicesOf, unless } from "../place.ts";
import { durationWithin } from "../spellings.ts";
import { holdsTables } from "./tables.ts";

/** A rollout waits for three attempts at most. */
const ENDS = { least: "1s", most: "2h" };

/** Migrations without a store, without a right, without a command, and rights to change tables that nobody explains. */
export function checkMigrations(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => {
    const path = at(system, name, "migration");
    const tables = Object.entries(part.uses ?? {}).filter(([store]) => holdsTables(system.stores?.[store]));
    const changes = tables.filter(([, use]) => use?.may === "change").map(([store]) => store);
    return [...unexplained(path, part, changes), ...checkMigration(path, part, { changes, tables: tables.length })];
  });
}

/** The order of a rollout depends on who changes tables. */
function unexplained(path: string, part: AnyPart, [store]: readonly string[]): Fault[] {
  return unless(part.migration !== undefined || store === undefined, {
    kind: "change-without-migration",
    path,
    found: `nothing, while it may change the tables of "${store}"`,
    allowed: '{ run: ["migrate"] }, { itself: "why" } or { declined: "why" }',
    fix: isOnKit(part)
      ? 'write may: "write": the kit migrates before each rollout by itself'
      : 'write { itself: "…" } if the program does it at its start; with { run: […] } it needs no more than may: "write"',
  });
}

interface Stores {
  readonly changes: readonly string[];
  /** How many stores with tables it uses. */
  readonly tables: number;
}

function checkMigration(path: string, { migration }: AnyPart, { changes, tables }: Stores): Fault[] {
  if (migration === undefined || "declined" in migration) return [];
  if (tables === 0)
    return [
      {
        kind: "migration-without-store",
        path,
        found: "a migration of a part that uses no store with tables",
        allowed: "a migration beside `uses` of a database",
        fix: "add the database under `uses`, or remove the migration",
      },
    ];
  if ("itself" in migration)
    return unless(changes.length > 0, {
      kind: "itself-without-change",
      path,
      found: "a program that changes tables at its start without the right to",
      allowed: '`itself` beside a use with may: "change"',
      fix: 'write may: "change" for the store whose tables it changes',
    });
  return [
    ...command(`${path}.run`, migration.run),
    ...time(`${path}.endsWithin`, migration.endsWithin),
    ...superfluous(path, changes, tables),
  ];
}

function time(path: string, written: string | undefined): Fault[] {
  return unless(written === undefined || durationWithin(written, ENDS.least, ENDS.most) !== undefined, {
    kind: "migration-ends-within",
    path,
    found: `"${written}"`,
    allowed: `${ENDS.least} to ${ENDS.most}, a number with s, m or h`,
    fix: 'write the longest time that a good run takes, such as "10m"; what takes longer is a job of its own beside the rollouts',
  });
}

function command(path: string, run: readonly string[]): Fault[] {
  return unless((run[0] ?? "").trim() !== "", {
    kind: "migration-run",
    path,
    found: "no command",
    allowed: "a program of the image and its arguments",
    fix: 'write the words of the command one by one, such as ["alembic", "upgrade", "head"]',
  });
}

/** Who migrates before a rollout, with a right of its own, leaves the program none to change tables. */
function superfluous(path: string, changes: readonly string[], tables: number): Fault[] {
  return unless(changes.length < tables, {
    kind: "migration-beside-change",
    path,
    found: `a migration before each rollout, while the program itself may change ${changes.length === 1 ? `"${changes[0]}"` : "every store"}`,
    allowed: 'may: "write" beside { run: … }: the migration alone has the right to change tables',
    fix: 'write may: "write", or { itself: "why" } if it is the program that does it',
  });
}
