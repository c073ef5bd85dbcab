import Type from "typebox";

/** A point in time: a Date in our code and in database rows, ISO-8601 UTC text in answers. */
export const Timestamp = Type.Unsafe<Date>({ type: "string", format: "date-time" });
