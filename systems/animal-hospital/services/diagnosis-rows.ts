import { randomUUID } from "node:crypto";
import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Kit } from "../../../runtime/service.ts";
import { type events, Result } from "./events.ts";
import { RECORD_STATES, type RecordState } from "./states.ts";
import { treatmentContract } from "./treatment-contract.ts";

const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

export const MedicalRecord = Type.Object({
  ...treatmentContract.response.properties,
  status: Type.Enum(RECORD_STATES),
  doctor: orNull(Result.properties.doctor),
  treatment: orNull(Result.properties.treatment),
  medicalOpinion: orNull(Result.properties.medicalOpinion),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type RecordRow = Static<typeof MedicalRecord>;

export interface DiagnosisTables {
  medicalRecords: RecordRow;
  /** How many places of a day are taken. */
  days: { day: string; taken: number };
}
export type DiagnosisEvents = "Treated" | "TreatmentCanceled" | "TreatmentDayRefused";
export type DiagnosisWork = Work<DiagnosisTables, typeof events, DiagnosisEvents>;
export type DiagnosisKit = Kit<DiagnosisTables, typeof events, DiagnosisEvents>;

/** The record of a reservation, locked until the transaction ends. */
export function findRecord({ tx }: DiagnosisWork, reservationId: string): Promise<RecordRow | undefined> {
  return tx
    .selectFrom("medicalRecords")
    .selectAll()
    .where("reservationId", "=", reservationId)
    .forUpdate()
    .executeTakeFirst();
}

/** Writes the first record of a reservation. */
export async function insertRecord(
  { tx }: DiagnosisWork,
  reservationId: string,
  reservationDate: string,
  status: RecordState,
): Promise<RecordRow> {
  const now = new Date();
  const row = {
    medicalRecordId: randomUUID(),
    reservationId,
    reservationDate,
    status,
    doctor: null,
    treatment: null,
    medicalOpinion: null,
    createdAt: now,
    updatedAt: now,
  };
  await tx.insertInto("medicalRecords").values(row).execute();
  return row;
}

/** Changes a record; answers how it is then. */
export async function setRecord({ tx }: DiagnosisWork, row: RecordRow, change: Partial<RecordRow>): Promise<RecordRow> {
  const changed = { ...row, ...change, updatedAt: new Date() };
  await tx.updateTable("medicalRecords").set(changed).where("medicalRecordId", "=", row.medicalRecordId).execute();
  return changed;
}

export const diagnosisMigrations: readonly Migration[] = [
  {
    name: "diagnosis-1",
    statements: [
      `CREATE TABLE IF NOT EXISTS medical_records (
    medical_record_id CHAR(36) PRIMARY KEY, reservation_id CHAR(36) NOT NULL UNIQUE, reservation_date CHAR(10) NOT NULL, status VARCHAR(12) NOT NULL,
    doctor VARCHAR(100), treatment VARCHAR(300), medical_opinion VARCHAR(1000), created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL,
    KEY reservation_date (reservation_date, created_at), KEY created_at (created_at))`,
      `CREATE TABLE IF NOT EXISTS days (day CHAR(10) PRIMARY KEY, taken INT NOT NULL)`,
    ],
  },
];
