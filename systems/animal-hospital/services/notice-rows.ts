import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Kit } from "../../../runtime/service.ts";
import { type events, Id } from "./events.ts";

/** WAITING is tried again until the attempts are used up. */
export const NOTICE_STATES = ["WAITING", "SENT", "FAILED"] as const;

export const Notice = Type.Object({
  noticeId: Id,
  reservationId: Id,
  about: Type.String(),
  text: Type.String(),
  status: Type.Enum(NOTICE_STATES),
  attempts: Type.Integer(),
  createdAt: Timestamp,
});

export interface NoticeTables {
  notices: Static<typeof Notice> & { phoneNumber: string; dueAt: Date };
}
export type NoticeEvents = "SmsMessage";
export type NoticeWork = Work<NoticeTables, typeof events, NoticeEvents>;
export type NoticeKit = Kit<NoticeTables, typeof events, NoticeEvents>;

export const noticeMigrations: readonly Migration[] = [
  {
    name: "notice-1",
    statements: [
      `CREATE TABLE IF NOT EXISTS notices (
    notice_id CHAR(36) PRIMARY KEY, reservation_id CHAR(36) NOT NULL, about VARCHAR(30) NOT NULL, phone_number VARCHAR(13) NOT NULL, text VARCHAR(300) NOT NULL,
    status VARCHAR(10) NOT NULL, attempts INT NOT NULL, due_at DATETIME(3) NOT NULL, created_at DATETIME(3) NOT NULL,
    KEY due (status, due_at), KEY reservation_id (reservation_id, created_at), KEY created_at (created_at))`,
    ],
  },
];
