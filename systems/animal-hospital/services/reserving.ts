import { createHash, randomUUID } from "node:crypto";
import { Value } from "typebox/value";
import { CalleeUnavailable, tryLater } from "../../../runtime/http/edge.ts";
import { conflict, Refusal, unavailable } from "../../../runtime/http/refusal.ts";
import { shortened } from "../../../runtime/process/shortened.ts";
import { type Details, REASON_LENGTH } from "./events.ts";
import type { ReservationKit, ReservationRow, ReservationWork } from "./reservation-rows.ts";
import { treatmentContract } from "./treatment-contract.ts";

/** A question to diagnosis takes two seconds at most; what is still open after this belongs to a process that died. */
const ABANDON_AFTER_MS = 30_000;
/** In these cases the call never left this process. */
const NEVER_SENT = new Set(["circuit_open", "bulkhead_full"]);

/**
 * Makes a reservation: its row exists only after diagnosis said yes, and a yes without a reservation is taken back.
 * The request's row decides: it is either confirmed together with the reservation, or abandoned together with the event that frees the place.
 */
export async function reserve(kit: ReservationKit, details: Details, key: string | undefined): Promise<ReservationRow> {
  const opened = await kit.transact((work) => open(work, details, key));
  if ("reservation" in opened) return opened.reservation;
  const { reservationId } = opened;
  const refusal = await askDiagnosis(kit, reservationId, details.reservationDate);
  if (refusal !== undefined) {
    await kit.transact(({ tx }) =>
      tx
        .updateTable("requests")
        .set({ state: "REFUSED", reason: refusal })
        .where("reservationId", "=", reservationId)
        .execute(),
    );
    throw conflict(refusal);
  }
  return kit.transact((work) => confirm(work, reservationId, details));
}

/** Gives up requests whose process died between the answer of diagnosis and the commit. */
export async function abandonForgotten(kit: ReservationKit, now = Date.now()): Promise<void> {
  const forgotten = await kit.db
    .selectFrom("requests")
    .select("reservationId")
    .where("state", "=", "REQUESTED")
    .where("createdAt", "<", new Date(now - ABANDON_AFTER_MS))
    .limit(50)
    .execute();
  const failures: unknown[] = [];
  for (const { reservationId } of forgotten)
    await kit
      .transact((work) => abandon(work, reservationId, "the reservation was not completed in time"))
      .catch((error: unknown) => failures.push(error));
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${forgotten.length} requests could not be given up`);
}

async function open(
  { tx }: ReservationWork,
  details: Details,
  key: string | undefined,
): Promise<{ reservationId: string } | { reservation: ReservationRow }> {
  const reservationId = randomUUID();
  const requestHash = createHash("sha256")
    .update(JSON.stringify(Object.entries(details).sort()))
    .digest("hex");
  const fresh = { reservationId, requestHash, state: "REQUESTED" as const, reason: null, createdAt: new Date() };
  const known =
    key === undefined
      ? undefined
      : await tx.selectFrom("requests").selectAll().where("idempotencyKey", "=", key).forUpdate().executeTakeFirst();
  if (known === undefined) {
    await tx
      .insertInto("requests")
      .values({ idempotencyKey: key ?? reservationId, ...fresh })
      .execute();
    return { reservationId };
  }
  if (known.requestHash !== requestHash)
    throw new Refusal(422, "idempotency_key_reused", "This Idempotency-Key was used for a different reservation.");
  if (known.state === "REFUSED") throw conflict(known.reason ?? "refused");
  if (known.state === "REQUESTED")
    throw new Refusal(409, "in_progress", "The same reservation is being made at this moment.", 1);
  if (known.state === "CONFIRMED") {
    const made = tx.selectFrom("reservations").selectAll().where("reservationId", "=", known.reservationId);
    return { reservation: await made.executeTakeFirstOrThrow() };
  }
  await tx.updateTable("requests").set(fresh).where("reservationId", "=", known.reservationId).execute();
  return { reservationId };
}

/** Why diagnosis cannot treat then; undefined when it can, and keeps a place. */
async function askDiagnosis(kit: ReservationKit, reservationId: string, day: string): Promise<string | undefined> {
  const diagnosis = kit.edge("diagnosis");
  try {
    const { status, body } = await diagnosis.call({
      method: "POST",
      path: "/medicalRecords",
      body: { reservationId, reservationDate: day },
      idempotent: true,
    });
    if (status === 201 && Value.Check(treatmentContract.response, body)) return undefined;
    if (status === 409) return shortened(String((body as { detail?: unknown }).detail), REASON_LENGTH);
    throw new CalleeUnavailable("diagnosis", "client_error");
  } catch (error) {
    if (!(error instanceof CalleeUnavailable)) throw error;
    // Without an answer, diagnosis may have said yes; the sweeper does the same where we cannot.
    const told = !NEVER_SENT.has(error.outcome);
    await kit.transact((work) => abandon(work, reservationId, "diagnosis gave no answer", told));
    throw tryLater(error, diagnosis.settings);
  }
}

async function confirm({ tx, emit }: ReservationWork, reservationId: string, details: Details) {
  const { numUpdatedRows } = await tx
    .updateTable("requests")
    .set({ state: "CONFIRMED" })
    .where("reservationId", "=", reservationId)
    .where("state", "=", "REQUESTED")
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw unavailable("The reservation took too long and was given up; please try again.", 1);
  const now = new Date();
  const row = {
    reservationId,
    ...details,
    status: "CONFIRMED" as const,
    treatmentCanceled: 0,
    feeCanceled: 0,
    createdAt: now,
    updatedAt: now,
  };
  await tx.insertInto("reservations").values(row).execute();
  await emit("ReservationReserved", { reservationId, ...details });
  return row;
}

async function abandon({ tx, emit }: ReservationWork, reservationId: string, reason: string, tell = true) {
  const { numUpdatedRows } = await tx
    .updateTable("requests")
    .set({ state: "ABANDONED", reason })
    .where("reservationId", "=", reservationId)
    .where("state", "=", "REQUESTED")
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 1n && tell) await emit("ReservationAbandoned", { reservationId, reason });
}
