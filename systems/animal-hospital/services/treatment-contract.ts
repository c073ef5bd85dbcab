import Type from "typebox";
import { Day, Id } from "./events.ts";

/** What reservation sends to diagnosis, and what it relies on in a yes: diagnosis checks the first, reservation the second. */
export const treatmentContract = {
  request: Type.Object({ reservationId: Id, reservationDate: Day }, { additionalProperties: false }),
  response: Type.Object({ medicalRecordId: Id, reservationId: Id, reservationDate: Day }),
};
