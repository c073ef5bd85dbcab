import Type, { type Static } from "typebox";

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** An identifier: at most the 36 characters of a UUID. */
export const Id = text(36);
/** Text, not a number: the leading zero belongs to it. */
export const Tel = Type.String({ pattern: "^0[0-9]{8,11}$" });

/** What the customer asked for; carried by events so that no consumer has to call the producer back. */
export const Details = Type.Object({
  tel: Tel,
  location: text(200),
  cost: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: "won" }),
});
export type Details = Static<typeof Details>;

/** Who comes. */
export const Cleaner = Type.Object({ cleanmanId: Id, cleanman: text(100), cleanmanTel: Tel });

const call = { callId: Id };
const asked = { ...call, ...Details.properties };
const assigned = { ...call, assignId: Id, ...Cleaner.properties, tel: Tel, location: text(200) };

/** Payload of every event of the system, by event name. */
export const events = {
  Cleancalled: Type.Object(asked),
  CleancallCancelled: Type.Object(asked),
  CleanmanageAssigned: Type.Object(asked),
  CleanmanageCancelled: Type.Object(asked),
  CleanassignCompleted: Type.Object(assigned),
  CleanassignCancelled: Type.Object({ ...call, assignId: Id, tel: Tel }),
};
