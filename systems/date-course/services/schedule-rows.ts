import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import { Counters, type Mark, MARKS_TABLE } from "./counting.ts";
import { Details, type events, Id } from "./events.ts";
import { type Request, REQUESTS_TABLE } from "./once.ts";

export const Schedule = Type.Object({
  scheduleId: Id,
  ...Details.properties,
  date: Timestamp,
  ...Counters.properties,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

/** Columns of what a host says of a course; the view has the same. */
export const DETAIL_COLUMNS = `title VARCHAR(100) NOT NULL, content VARCHAR(2000) NOT NULL, uploader VARCHAR(100) NOT NULL, date DATETIME(3) NOT NULL,
    review_write_yn CHAR(1) NOT NULL, comment_cnt INT NOT NULL, bookmark_cnt INT NOT NULL, like_cnt INT NOT NULL, review_cnt INT NOT NULL,
    revision INT NOT NULL`;

export interface ScheduleTables {
  schedules: Static<typeof Schedule> & { revision: number };
  marks: Mark;
  requests: Request;
}
export type ScheduleEvents = "ScheduleRegistered" | "ScheduleModified" | "ScheduleDeleted";
export type ScheduleWork = Work<ScheduleTables, typeof events, ScheduleEvents>;

export const scheduleMigrations: readonly Migration[] = [
  {
    name: "schedule-1",
    statements: [
      `CREATE TABLE IF NOT EXISTS schedules (schedule_id VARCHAR(36) COLLATE utf8mb4_bin PRIMARY KEY, ${DETAIL_COLUMNS},
    created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL, KEY created_at (created_at))`,
      MARKS_TABLE,
      REQUESTS_TABLE,
    ],
  },
];
