import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import type { Kit } from "../../../runtime/service.ts";
import { Details, type events, Id } from "./events.ts";
import { type RequestState, RESERVATION_STATES } from "./states.ts";

export const Reservation = Type.Object({
  reservationId: Id,
  ...Details.properties,
  status: Type.Enum(RESERVATION_STATES),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

export interface ReservationTables {
  /** The last two columns: who has confirmed the cancellation (0 or 1). */
  reservations: Static<typeof Reservation> & { treatmentCanceled: number; feeCanceled: number };
  /** Requests for a reservation. One that is REQUESTED waits for diagnosis; it is no reservation and is in no list. */
  requests: {
    idempotencyKey: string;
    requestHash: string;
    reservationId: string;
    state: RequestState;
    reason: string | null;
    createdAt: Date;
  };
}
export type ReservationRow = ReservationTables["reservations"];

export type ReservationEvents =
  | "ReservationReserved"
  | "ReservationChanged"
  | "ReservationCanceled"
  | "ReservationAbandoned"
  | "CancellationCompleted";
export type ReservationWork = Work<ReservationTables, typeof events, ReservationEvents>;
export type ReservationKit = Kit<ReservationTables, typeof events, ReservationEvents>;

/** The row of a reservation, locked until the transaction ends. */
export function findReservation({ tx }: ReservationWork, reservationId: string): Promise<ReservationRow | undefined> {
  return tx
    .selectFrom("reservations")
    .selectAll()
    .where("reservationId", "=", reservationId)
    .forUpdate()
    .executeTakeFirst();
}

export const reservationMigrations: readonly Migration[] = [
  {
    name: "reservation-1",
    statements: [
      `CREATE TABLE IF NOT EXISTS reservations (
      reservation_id CHAR(36) PRIMARY KEY, reservator_name VARCHAR(100) NOT NULL, reservation_date CHAR(10) NOT NULL, phone_number VARCHAR(13) NOT NULL,
      status VARCHAR(12) NOT NULL, treatment_canceled TINYINT NOT NULL DEFAULT 0, fee_canceled TINYINT NOT NULL DEFAULT 0,
      created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL, KEY status (status, created_at), KEY created_at (created_at))`,
      `CREATE TABLE IF NOT EXISTS requests (
      idempotency_key VARCHAR(100) PRIMARY KEY, request_hash CHAR(64) NOT NULL, reservation_id CHAR(36) NOT NULL UNIQUE, state VARCHAR(10) NOT NULL,
      reason VARCHAR(300), created_at DATETIME(3) NOT NULL, KEY state (state, created_at))`,
    ],
  },
];
