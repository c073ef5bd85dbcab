import type { Cases } from "../../testing/case.ts";

const db = (name: string): string => `Instance/db ${name}`;

// biome-ignore format: one case a line
export const cases: Cases = {
  "database-backed-up": { fails: { [db("backupRetentionPeriod")]: 0 }, boundary: { [db("backupRetentionPeriod")]: 1 } },
  "backups-kept": { fails: { [db("backupRetentionPeriod")]: 6 }, boundary: { [db("backupRetentionPeriod")]: 7 } },
  "database-protected": { fails: { [db("deletionProtection")]: undefined }, boundary: { [db("deletionProtection")]: true } },
  "final-snapshot": { fails: { [db("skipFinalSnapshot")]: true }, boundary: { [db("skipFinalSnapshot")]: undefined } },
  "snapshot-tags": { fails: { [db("copyTagsToSnapshot")]: false }, boundary: { [db("copyTagsToSnapshot")]: true } },
};
