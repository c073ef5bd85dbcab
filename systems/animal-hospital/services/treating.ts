import type { Static } from "typebox";
import { EarlyEvent } from "../../../runtime/events/inbox.ts";
import { conflict, notFound } from "../../../runtime/http/refusal.ts";
import { type DiagnosisWork, findRecord, insertRecord, type RecordRow, setRecord } from "./diagnosis-rows.ts";
import type { Result } from "./events.ts";
import { freePlace, takePlace } from "./places.ts";
import type { treatmentContract } from "./treatment-contract.ts";

/** The one answer to whether a reservation can be treated: asked again, it is the same. */
export async function accept(
  work: DiagnosisWork,
  { reservationId, reservationDate }: Static<typeof treatmentContract.request>,
): Promise<RecordRow> {
  const known = await findRecord(work, reservationId);
  if (known?.status === "ACCEPTED") return known;
  if (known !== undefined) throw conflict("This reservation was given up before its treatment.");
  if (!(await takePlace(work, reservationDate))) throw conflict(`There is no place left on ${reservationDate}.`);
  return insertRecord(work, reservationId, reservationDate, "ACCEPTED");
}

/** What the doctor did; the same again changes nothing, and is not told again. */
export async function treat(work: DiagnosisWork, medicalRecordId: string, result: Result): Promise<RecordRow> {
  const found = work.tx.selectFrom("medicalRecords").selectAll().where("medicalRecordId", "=", medicalRecordId);
  const row = await found.forUpdate().executeTakeFirst();
  if (row === undefined) throw notFound("medical record");
  const { doctor, treatment, medicalOpinion } = result;
  const same = row.doctor === doctor && row.treatment === treatment && row.medicalOpinion === medicalOpinion;
  if (row.status === "TREATED" && same) return row;
  if (row.status !== "ACCEPTED") throw conflict(`A record that is ${row.status} cannot become TREATED.`);
  const { reservationId } = row;
  await work.emit("Treated", { reservationId, medicalRecordId, doctor, treatment, medicalOpinion });
  return setRecord(work, row, { status: "TREATED", doctor, treatment, medicalOpinion });
}

/** The customer comes on another day, if there is a place. */
export async function move(work: DiagnosisWork, reservationId: string, day: string): Promise<void> {
  const row = await findRecord(work, reservationId);
  if (row === undefined) throw new EarlyEvent("a changed reservation without a record");
  if (row.reservationDate === day || row.status === "CANCELED" || row.status === "VOIDED") return;
  const { reservationDate } = row;
  if (row.status !== "ACCEPTED" || !(await takePlace(work, day)))
    return work.emit("TreatmentDayRefused", { reservationId, reservationDate, refusedDate: day });
  await freePlace(work, reservationDate);
  await setRecord(work, row, { reservationDate: day });
}

/** Takes back what was done for a reservation, and the place with it where it was not used. */
export async function cancelTreatment(work: DiagnosisWork, reservationId: string, day: string): Promise<void> {
  // There is a record, or the reservation would not be: without it, the database is older than the events.
  const row = (await findRecord(work, reservationId)) ?? (await insertRecord(work, reservationId, day, "CANCELED"));
  if (row.status === "ACCEPTED") await freePlace(work, row.reservationDate);
  await setRecord(work, row, { status: "CANCELED" });
  await work.emit("TreatmentCanceled", { reservationId, medicalRecordId: row.medicalRecordId });
}

/** No reservation came of it. Written even where nothing was accepted yet: it refuses the question that may still be on its way. */
export async function giveUp(work: DiagnosisWork, reservationId: string, day: string): Promise<void> {
  const row = await findRecord(work, reservationId);
  if (row === undefined) await insertRecord(work, reservationId, day, "VOIDED");
  else if (row.status === "ACCEPTED") {
    await freePlace(work, row.reservationDate);
    await setRecord(work, row, { status: "VOIDED" });
  }
}
