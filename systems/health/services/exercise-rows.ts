import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Kit } from "../../../runtime/service.ts";
import { type events, Id, Username, workout } from "./events.ts";

/** Parts of the body. */
export const PARTS = ["CHEST", "BACK", "SHOULDER", "BICEPS", "TRICEPS", "ABDOMEN", "LEG"] as const;

/** An exercise as it is added. */
export const NewExercise = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 100 }), part: Type.Enum([...PARTS]) },
  { additionalProperties: false },
);
export const Exercise = Type.Object({ exerciseId: Id, ...NewExercise.properties, createdAt: Timestamp });
export const Workout = Type.Object({
  entryId: Id,
  username: Username,
  ...workout,
  ...NewExercise.properties,
  doneAt: Timestamp,
});

export interface ExerciseTables {
  exercises: Static<typeof Exercise>;
  /** `sets` and `reps`, because SET is a word of SQL. */
  workouts: Omit<Static<typeof Workout>, "name" | "part" | "set" | "rep"> & { sets: number; reps: number };
}
export type ExerciseEvents = "WorkoutRefused";
export type ExerciseKit = Kit<ExerciseTables, typeof events, ExerciseEvents>;

/** The exercises that are there from the start. */
const EXERCISES: readonly (readonly [part: (typeof PARTS)[number], ...names: string[]])[] = [
  ["CHEST", "Bench press", "Push-up", "Dumbbell fly"],
  ["BACK", "Deadlift", "Pull-up", "Barbell row"],
  ["SHOULDER", "Overhead press", "Lateral raise"],
  ["BICEPS", "Barbell curl", "Hammer curl"],
  ["TRICEPS", "Dip", "Cable push-down"],
  ["ABDOMEN", "Crunch", "Leg raise"],
  ["LEG", "Squat", "Lunge"],
];

const rows = EXERCISES.flatMap(([part, ...names]) => names.map((name) => ({ part, name }))).map(
  ({ part, name }, index) =>
    `('00000000-0000-4000-8000-0000000002${String(index).padStart(2, "0")}', '${name}', '${part}', '2026-01-01')`,
);

export const exerciseMigrations: readonly Migration[] = [
  {
    name: "exercise-1",
    statements: [
      `CREATE TABLE IF NOT EXISTS exercises (
      exercise_id CHAR(36) PRIMARY KEY, name VARCHAR(100) NOT NULL UNIQUE, part VARCHAR(10) NOT NULL, created_at DATETIME(3) NOT NULL,
      KEY created_at (created_at))`,
      `CREATE TABLE IF NOT EXISTS workouts (
      entry_id CHAR(36) PRIMARY KEY, username VARCHAR(50) NOT NULL, exercise_id CHAR(36) NOT NULL, sets INT NOT NULL, reps INT NOT NULL,
      weight DOUBLE NOT NULL, date CHAR(10) NOT NULL, done_at DATETIME(3) NOT NULL,
      KEY of_person (username, date), KEY done_at (username, done_at), FOREIGN KEY (exercise_id) REFERENCES exercises (exercise_id))`,
      `INSERT IGNORE INTO exercises (exercise_id, name, part, created_at) VALUES ${rows.join(", ")}`,
    ],
  },
];
