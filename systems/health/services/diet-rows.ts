import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Kit } from "../../../runtime/service.ts";
import { type events, Id, meal, Username } from "./events.ts";

const grams = Type.Number({ minimum: 0, maximum: 10_000 });

/** A food as it is added: of one portion, kilocalories and grams. */
export const NewFood = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    calorie: grams,
    carboHydrate: grams,
    protein: grams,
    fat: grams,
  },
  { additionalProperties: false },
);
export const Food = Type.Object({ foodId: Id, ...NewFood.properties, createdAt: Timestamp });
export const Meal = Type.Object({ entryId: Id, username: Username, ...meal, name: Type.String(), eatenAt: Timestamp });

export interface DietTables {
  foods: Static<typeof Food>;
  meals: Omit<Static<typeof Meal>, "name">;
  /** Meals that were taken back. */
  withdrawn: { entryId: string };
}
export type DietEvents = "MealRefused";
export type DietKit = Kit<DietTables, typeof events, DietEvents>;

/** The foods that are there from the start: kilocalories, carbohydrates, protein, fat. */
const FOODS: readonly (readonly [name: string, ...values: number[]])[] = [
  ["Rice, a bowl", 310, 68, 6, 1],
  ["Chicken breast, 100 g", 165, 0, 31, 4],
  ["Egg, boiled", 78, 1, 6, 5],
  ["Banana", 105, 27, 1, 0],
  ["Kimchi, 100 g", 23, 4, 2, 1],
  ["Tofu, 100 g", 76, 2, 8, 5],
];

const foodRow = ([name, ...values]: (typeof FOODS)[number], index: number) =>
  `('00000000-0000-4000-8000-0000000001${String(index).padStart(2, "0")}', '${name}', ${values.join(", ")}, '2026-01-01')`;

export const dietMigrations: readonly Migration[] = [
  {
    name: "diet-1",
    statements: [
      `CREATE TABLE IF NOT EXISTS foods (
      food_id CHAR(36) PRIMARY KEY, name VARCHAR(100) NOT NULL UNIQUE, calorie DOUBLE NOT NULL, carbo_hydrate DOUBLE NOT NULL,
      protein DOUBLE NOT NULL, fat DOUBLE NOT NULL, created_at DATETIME(3) NOT NULL, KEY created_at (created_at))`,
      `CREATE TABLE IF NOT EXISTS meals (
      entry_id CHAR(36) PRIMARY KEY, username VARCHAR(50) NOT NULL, food_id CHAR(36) NOT NULL, date CHAR(10) NOT NULL, eaten_at DATETIME(3) NOT NULL,
      KEY of_person (username, date), KEY eaten_at (username, eaten_at), FOREIGN KEY (food_id) REFERENCES foods (food_id))`,
      "CREATE TABLE IF NOT EXISTS withdrawn (entry_id CHAR(36) PRIMARY KEY)",
      `INSERT IGNORE INTO foods (food_id, name, calorie, carbo_hydrate, protein, fat, created_at) VALUES ${FOODS.map(foodRow).join(", ")}`,
    ],
  },
];
