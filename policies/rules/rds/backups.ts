import { advice, everywhere, inProduction, limit, notApplicable, resourceRule } from "../../judging/rule.ts";
import { CLUSTER, INSTANCE, notAsWanted, type Database, type DatabaseProps } from "./database.ts";

const MOST_DAYS = 35; // more than that AWS refuses

export const databaseBackedUp = resourceRule<DatabaseProps>()({
  id: "database-backed-up",
  number: "A04",
  items: [30],
  on: [INSTANCE, CLUSTER],
  severity: "critical",
  levels: everywhere,
  title: "Databases are backed up",
  why: "Without backups, one wrong statement is the end of the data.",
  fix: `backupRetentionPeriod: 14`,
  *check({ props }: Database) {
    const days = props.backupRetentionPeriod;
    if (props.replicateSourceDb || days === undefined || days === null) return notApplicable; // backups-kept judges what nobody said
    if (!(Number(days) >= 1 && Number(days) <= MOST_DAYS))
      yield notAsWanted("backupRetentionPeriod", days, `1 to ${MOST_DAYS} days`);
  },
});

export const backupsKept = resourceRule<DatabaseProps>()({
  id: "backups-kept",
  number: "C29",
  items: [30],
  on: [INSTANCE, CLUSTER],
  severity: "high",
  levels: inProduction,
  title: "Backups are kept long enough to notice a mistake",
  why: "Wrong data is mostly found days later, when a short row of backups holds only the wrong.",
  fix: `backupRetentionPeriod: 14`,
  limits: { days: limit("fewest days", 14, 7, 1) },
  *check({ props, kind }: Database, { limit: { days } }) {
    const kept = props.backupRetentionPeriod ?? (kind === CLUSTER ? 1 : 0); // what the provider assumes
    if (props.replicateSourceDb) return notApplicable;
    if ((kept >= 1 || props.backupRetentionPeriod === undefined) && kept < days)
      yield notAsWanted("backupRetentionPeriod", `${kept} days`, `>= ${days} days`);
  },
});

export const databaseProtected = resourceRule<DatabaseProps>()({
  id: "database-protected",
  number: "A05",
  items: [30],
  on: [INSTANCE, CLUSTER],
  severity: "critical",
  levels: inProduction,
  title: "Databases cannot be deleted by mistake",
  why: "One wrong destroy removes the data and its automatic backups.",
  fix: `deletionProtection: true`,
  *check({ props }: Database) {
    if (props.deletionProtection !== true)
      yield notAsWanted("deletionProtection", props.deletionProtection, "true", "false");
  },
});

export const finalSnapshot = resourceRule<DatabaseProps>()({
  id: "final-snapshot",
  number: "C30",
  items: [30],
  on: [INSTANCE, CLUSTER],
  severity: "high",
  levels: inProduction,
  title: "A deleted database leaves a snapshot",
  why: "A replacement deletes the old database; without a last snapshot nothing is left of it.",
  fix: `skipFinalSnapshot: false, finalSnapshotIdentifier: "orders-final"`,
  *check({ props }: Database) {
    if (props.skipFinalSnapshot === true) yield notAsWanted("skipFinalSnapshot", true, "false");
  },
});

export const snapshotTags = resourceRule<DatabaseProps>()({
  id: "snapshot-tags",
  number: "A11",
  items: [30, 33],
  on: [CLUSTER, INSTANCE],
  severity: "low",
  levels: advice,
  title: "Snapshots carry the tags of their database",
  why: "Without tags nobody knows whose snapshot it is, or whether it may go.",
  fix: `copyTagsToSnapshot: true`,
  *check({ props }: Database) {
    if (props.copyTagsToSnapshot !== true)
      yield notAsWanted("copyTagsToSnapshot", props.copyTagsToSnapshot, "true", "false");
  },
});
