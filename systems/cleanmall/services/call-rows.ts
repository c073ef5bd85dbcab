import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import { Details, type events, Id } from "./events.ts";
import { CALL_STATES } from "./states.ts";

export const Call = Type.Object({
  callId: Id,
  ...Details.properties,
  status: Type.Enum(CALL_STATES),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

export interface CallTables {
  /** The last two: the customer's key for this request, and what it was for. */
  calls: Static<typeof Call> & { idempotencyKey: string; requestHash: string };
}
export type CallRow = CallTables["calls"];
export type CallEvents = "Cleancalled" | "CleancallCancelled";
export type CallWork = Work<CallTables, typeof events, CallEvents>;

export const callMigrations: readonly Migration[] = [
  {
    name: "cleancall-1",
    statements: [
      `CREATE TABLE IF NOT EXISTS calls (
      call_id CHAR(36) PRIMARY KEY, tel VARCHAR(12) NOT NULL, location VARCHAR(200) NOT NULL, cost INT NOT NULL, status VARCHAR(12) NOT NULL,
      idempotency_key VARCHAR(100) NOT NULL UNIQUE, request_hash CHAR(64) NOT NULL, created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL,
      KEY status (status, created_at), KEY created_at (created_at))`,
    ],
  },
];
