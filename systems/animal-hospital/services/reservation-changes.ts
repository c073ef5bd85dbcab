import { EarlyEvent } from "../../../runtime/events/inbox.ts";
import { conflict, notFound } from "../../../runtime/http/refusal.ts";
import { findReservation, type ReservationRow, type ReservationWork } from "./reservation-rows.ts";
import { advance, cancelOutcome, type ReservationState } from "./states.ts";

const detailsOf = ({ reservatorName, reservationDate, phoneNumber }: ReservationRow) => ({
  reservatorName,
  reservationDate,
  phoneNumber,
});

async function set({ tx }: ReservationWork, row: ReservationRow, change: Partial<ReservationRow>) {
  const changed = { ...row, ...change, updatedAt: new Date() };
  await tx.updateTable("reservations").set(changed).where("reservationId", "=", row.reservationId).execute();
  return changed;
}

/** The row that news is about; news can overtake the reservation's own commit nowhere but in a restored database. */
async function told(work: ReservationWork, reservationId: string): Promise<ReservationRow> {
  const row = await findReservation(work, reservationId);
  if (row === undefined) throw new EarlyEvent(`reservation ${reservationId} is not here yet`);
  return row;
}

/** What another service says of how far it is. */
export async function progress(work: ReservationWork, reservationId: string, news: ReservationState): Promise<void> {
  const row = await told(work, reservationId);
  const status = advance(row.status, news);
  if (status !== row.status) await set(work, row, { status });
}

/** The customer asks for another day; diagnosis hears of it and moves the treatment, or refuses the day. */
export async function changeDay(work: ReservationWork, reservationId: string, reservationDate: string) {
  const row = await findReservation(work, reservationId);
  if (row === undefined) throw notFound("reservation");
  if (row.reservationDate === reservationDate) return row;
  if (row.status !== "CONFIRMED") throw conflict(`A reservation that is ${row.status} can no longer be moved.`);
  const changed = await set(work, row, { reservationDate });
  await work.emit("ReservationChanged", { reservationId, ...detailsOf(changed) });
  return changed;
}

/** Diagnosis has no room on the new day: back to the day that it keeps, unless the customer has asked for yet another one. */
export async function changeBack(work: ReservationWork, reservationId: string, refused: string, kept: string) {
  const row = await told(work, reservationId);
  if (row.reservationDate !== refused || row.status !== "CONFIRMED") return;
  const changed = await set(work, row, { reservationDate: kept });
  await work.emit("ReservationChanged", { reservationId, ...detailsOf(changed) });
}

/** Begins the cancellation: diagnosis and acceptance undo their parts and confirm. */
export async function cancel(work: ReservationWork, reservationId: string, reason: string): Promise<ReservationRow> {
  const row = await findReservation(work, reservationId);
  if (row === undefined) throw notFound("reservation");
  const outcome = cancelOutcome(row.status);
  if (outcome === "refuse") throw conflict("The visit is paid already and can no longer be cancelled.");
  if (outcome === "already") return row;
  const changed = await set(work, row, { status: "CANCELING" });
  await work.emit("ReservationCanceled", { reservationId, ...detailsOf(row), reason });
  return changed;
}

/** One part of the cancellation is done; with the last one, all of it is. */
export async function confirmCancel(
  work: ReservationWork,
  reservationId: string,
  part: "treatmentCanceled" | "feeCanceled",
): Promise<void> {
  const row = await told(work, reservationId);
  const parts = { treatmentCanceled: row.treatmentCanceled, feeCanceled: row.feeCanceled };
  parts[part] = 1;
  const complete = parts.treatmentCanceled + parts.feeCanceled === 2;
  await set(work, row, { ...parts, status: complete ? "CANCELED" : row.status });
  if (complete && row.status !== "CANCELED") await work.emit("CancellationCompleted", { reservationId });
}
