import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Cleaner } from "./events.ts";
import { type events, Id, Tel } from "./events.ts";
import { ASSIGN_STATES } from "./states.ts";

export const Assignment = Type.Object({
  assignId: Id,
  callId: Id,
  tel: Tel,
  location: Type.String(),
  status: Type.Enum(ASSIGN_STATES),
  /** Null where the call was cancelled before anybody was chosen. */
  cleanmanId: Type.Union([Id, Type.Null()]),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

export interface AssignTables {
  assignments: Static<typeof Assignment>;
  /** `assigned`: how many calls wait for this cleaner. */
  cleaners: Static<typeof Cleaner> & { assigned: number };
}
export type AssignEvents = "CleanassignCompleted" | "CleanassignCancelled";
export type AssignWork = Work<AssignTables, typeof events, AssignEvents>;

/** In PostgreSQL's own words. The six cleaners are rows, so that they can come and go without a new version. */
export const assignMigrations: readonly Migration[] = [
  {
    name: "cleanassign-1",
    statements: [
      `CREATE TABLE IF NOT EXISTS cleaners (
      cleanman_id VARCHAR(36) PRIMARY KEY, cleanman VARCHAR(100) NOT NULL, cleanman_tel VARCHAR(12) NOT NULL, assigned INT NOT NULL DEFAULT 0 CHECK (assigned >= 0))`,
      `CREATE TABLE IF NOT EXISTS assignments (
      assign_id VARCHAR(36) PRIMARY KEY, call_id VARCHAR(36) NOT NULL UNIQUE, tel VARCHAR(12) NOT NULL, location VARCHAR(200) NOT NULL, status VARCHAR(12) NOT NULL,
      cleanman_id VARCHAR(36) REFERENCES cleaners, created_at TIMESTAMPTZ(3) NOT NULL, updated_at TIMESTAMPTZ(3) NOT NULL)`,
      "CREATE INDEX IF NOT EXISTS assignments_created_at ON assignments (created_at)",
      `INSERT INTO cleaners (cleanman_id, cleanman, cleanman_tel) VALUES
      ('cleaner-1', 'Ahn', '01000000001'), ('cleaner-2', 'Bae', '01000000002'), ('cleaner-3', 'Choi', '01000000003'),
      ('cleaner-4', 'Dokgo', '01000000004'), ('cleaner-5', 'Eom', '01000000005'), ('cleaner-6', 'Gim', '01000000006')
      ON CONFLICT DO NOTHING`,
    ],
  },
];
