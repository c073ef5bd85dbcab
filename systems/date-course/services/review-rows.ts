import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import { type Course, COURSES_TABLE } from "./deleted-courses.ts";
import { type events, Id, Words } from "./events.ts";

export const Review = Type.Object({
  reviewId: Id,
  scheduleId: Id,
  customerId: Id,
  reviewComment: Words,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

export interface ReviewTables {
  reviews: Static<typeof Review> & { revision: number };
  courses: Course;
}
export type ReviewEvents = "ReviewRegistered" | "ReviewModified" | "ReviewDeleted";
export type ReviewWork = Work<ReviewTables, typeof events, ReviewEvents>;

const id = "VARCHAR(36) COLLATE utf8mb4_bin NOT NULL";
export const reviewMigrations: readonly Migration[] = [
  {
    name: "review-1",
    statements: [
      `CREATE TABLE IF NOT EXISTS reviews (review_id ${id} PRIMARY KEY, schedule_id ${id}, customer_id ${id}, review_comment VARCHAR(500) NOT NULL,
    revision INT NOT NULL, created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL, UNIQUE KEY one_each (schedule_id, customer_id),
    KEY created_at (created_at))`,
      COURSES_TABLE,
    ],
  },
];
