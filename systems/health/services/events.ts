import Type from "typebox";

/** An identifier: at most the 36 characters of a UUID. */
export const Id = Type.String({ minLength: 1, maxLength: 36 });

/** What somebody is called here; also the subject of a token. */
export const Username = Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{2,49}$" });

/** A day of the calendar. */
export const Day = Type.String({ pattern: "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" });

const reason = { reason: Type.String({ minLength: 1, maxLength: 200 }) };
const entry = { entryId: Id, username: Username };

/** What a meal is written with. */
export const meal = { foodId: Id, date: Day };

/** What an exercise is written with; weight in kilograms. */
export const workout = {
  exerciseId: Id,
  set: Type.Integer({ minimum: 1, maximum: 100 }),
  rep: Type.Integer({ minimum: 1, maximum: 1000 }),
  weight: Type.Number({ minimum: 0, maximum: 1000 }),
  date: Day,
};

/** Payload of every event of the system, by event name: accepted commands on their way to who writes them, and what he cannot write. */
export const events = {
  MealAccepted: Type.Object({ ...entry, ...meal }),
  MealWithdrawn: Type.Object(entry),
  WorkoutAccepted: Type.Object({ ...entry, ...workout }),
  MealRefused: Type.Object({ ...entry, ...reason }),
  WorkoutRefused: Type.Object({ ...entry, ...reason }),
};
