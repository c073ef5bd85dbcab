import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import { type Course, COURSES_TABLE } from "./deleted-courses.ts";
import { type events, Id, Words } from "./events.ts";
import { type Request, REQUESTS_TABLE } from "./once.ts";

export const Comment = Type.Object({
  commentId: Id,
  scheduleId: Id,
  customerId: Id,
  commentDesc: Words,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

export const Choice = Type.Object({
  scheduleId: Id,
  customerId: Id,
  chosen: Type.Enum(["Y", "N"]),
  updatedAt: Timestamp,
});

export interface CommunicationTables {
  courses: Course;
  comments: Static<typeof Comment> & { revision: number };
  /** One row for each customer, course and kind, for ever: its revision tells old news from new. */
  choices: Static<typeof Choice> & { kind: "bookmark" | "like"; revision: number };
  requests: Request;
}
export type CommunicationEvents =
  | "CommentRegistered"
  | "CommentModified"
  | "CommentDeleted"
  | "BookmarkRegistered"
  | "BookmarkCanceled"
  | "LikeRegistered"
  | "LikeCanceled";
export type CommunicationWork = Work<CommunicationTables, typeof events, CommunicationEvents>;

const id = "VARCHAR(36) COLLATE utf8mb4_bin NOT NULL";
export const communicationMigrations: readonly Migration[] = [
  {
    name: "communication-1",
    statements: [
      COURSES_TABLE,
      `CREATE TABLE IF NOT EXISTS comments (comment_id ${id} PRIMARY KEY, schedule_id ${id}, customer_id ${id}, comment_desc VARCHAR(500) NOT NULL,
    revision INT NOT NULL, created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL, KEY schedule_id (schedule_id, created_at), KEY created_at (created_at))`,
      `CREATE TABLE IF NOT EXISTS choices (schedule_id ${id}, kind VARCHAR(8) NOT NULL, customer_id ${id}, chosen CHAR(1) NOT NULL,
    revision INT NOT NULL, updated_at DATETIME(3) NOT NULL, PRIMARY KEY (schedule_id, kind, customer_id), KEY customer_id (customer_id, kind, updated_at),
    KEY kind (kind, updated_at))`,
      REQUESTS_TABLE,
    ],
  },
];
