import Type, { type Static } from "typebox";

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** Characters of a reason, in events and in the columns that keep it. */
export const REASON_LENGTH = 300;

/** An identifier: at most the 36 characters of a UUID. */
export const Id = text(36);

/** A day of the calendar, such as 2030-04-30. */
export const Day = Type.String({ pattern: "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" });

/** What the customer says when reserving; carried by events so that no consumer has to call the producer back. */
export const Details = Type.Object({
  reservatorName: text(100),
  reservationDate: Day,
  // Text, not a number: the leading zero belongs to it.
  phoneNumber: Type.String({ pattern: "^0[0-9]{1,2}-?[0-9]{3,4}-?[0-9]{4}$" }),
});
export type Details = Static<typeof Details>;

/** What the doctor says after the treatment. */
export const Result = Type.Object({ doctor: text(100), treatment: text(300), medicalOpinion: text(1000) });
export type Result = Static<typeof Result>;

const reservation = { reservationId: Id };
const details = Details.properties;
const day = { reservationDate: Day };
const record = { medicalRecordId: Id };
const bill = { financialManagementId: Id, fee: Type.Integer({ minimum: 0, description: "won" }) };
const reason = { reason: text(REASON_LENGTH) };

/** Payload of every event of the system, by event name. */
export const events = {
  ReservationReserved: Type.Object({ ...reservation, ...details }),
  ReservationChanged: Type.Object({ ...reservation, ...details }),
  ReservationCanceled: Type.Object({ ...reservation, ...details, ...reason }),
  ReservationAbandoned: Type.Object({ ...reservation, ...reason }),
  CancellationCompleted: Type.Object(reservation),
  Treated: Type.Object({ ...reservation, ...record, ...Result.properties }),
  TreatmentCanceled: Type.Object({ ...reservation, ...record }),
  // The day that was asked for has no room; the treatment stays on `reservationDate`.
  TreatmentDayRefused: Type.Object({ ...reservation, ...day, refusedDate: Day }),
  TreatmentFeeBilled: Type.Object({ ...reservation, ...bill }),
  TreatmentFeeAccepted: Type.Object({ ...reservation, ...bill }),
  // refunded: the fee had been paid already.
  TreatmentFeeCanceled: Type.Object({ ...reservation, ...bill, refunded: Type.Boolean() }),
  SmsMessage: Type.Object({ ...reservation, noticeId: Id, about: text(30), channel: text(10) }),
};
