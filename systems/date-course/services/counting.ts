import type { Transaction } from "kysely";
import Type, { type Static } from "typebox";
import type { Event } from "../../../runtime/events/envelope.ts";
import type { events } from "./events.ts";

/** What is counted of a course. */
export const Counters = Type.Object({
  commentCnt: Type.Integer({ minimum: 0 }),
  bookmarkCnt: Type.Integer({ minimum: 0 }),
  likeCnt: Type.Integer({ minimum: 0 }),
  reviewCnt: Type.Integer({ minimum: 0 }),
});
export const NOTHING_COUNTED: Static<typeof Counters> = { commentCnt: 0, bookmarkCnt: 0, likeCnt: 0, reviewCnt: 0 };

/** The last that is known of one thing that counts: a customer's like or bookmark, a comment, a review. */
export interface Mark {
  scheduleId: string;
  kind: "comment" | "bookmark" | "like" | "review";
  subject: string;
  revision: number;
  counted: number;
}

/** The statement that makes the table of marks; both services that count have one. */
export const MARKS_TABLE = `CREATE TABLE IF NOT EXISTS marks (
    schedule_id VARCHAR(36) COLLATE utf8mb4_bin NOT NULL, kind VARCHAR(8) NOT NULL, subject VARCHAR(36) COLLATE utf8mb4_bin NOT NULL,
    revision INT NOT NULL, counted TINYINT NOT NULL, PRIMARY KEY (schedule_id, kind, subject))`;

/**
 * Notes a mark and answers by how much its counter changes: a mark that is known already, or older than what is known, changes nothing.
 * The caller holds the course's row, so that nobody else notes marks of this course meanwhile.
 */
export async function noteMark(work: { readonly tx: unknown }, mark: Mark): Promise<number> {
  const tx = work.tx as Transaction<{ marks: Mark }>; // whatever else is in this database
  const { scheduleId, kind, subject, revision, counted } = mark;
  const known = await tx
    .selectFrom("marks")
    .select(["revision", "counted"])
    .where("scheduleId", "=", scheduleId)
    .where("kind", "=", kind)
    .where("subject", "=", subject)
    .executeTakeFirst();
  if (known === undefined) {
    await tx.insertInto("marks").values(mark).execute();
    return counted;
  }
  if (revision <= known.revision) return 0;
  await tx
    .updateTable("marks")
    .set({ revision, counted })
    .where("scheduleId", "=", scheduleId)
    .where("kind", "=", kind)
    .where("subject", "=", subject)
    .execute();
  return counted - known.counted;
}

type Data<Name extends keyof typeof events> = Static<(typeof events)[Name]>;
type Of<Name extends keyof typeof events> = Event<Data<Name>>;

/** Handlers of every event that says something about a mark; `note` gets the mark and the event. */
export function markHandlers<Work>(note: (work: Work, mark: Mark, event: Event) => Promise<void>) {
  const chosen =
    (kind: "bookmark" | "like", counted: number) =>
    (event: Of<"LikeRegistered">, work: Work): Promise<void> => {
      const { scheduleId, customerId, revision } = event.data;
      return note(work, { scheduleId, kind, subject: customerId, revision, counted }, event);
    };
  const commented =
    (counted: number) =>
    (event: Of<"CommentDeleted">, work: Work): Promise<void> => {
      const { scheduleId, commentId, revision } = event.data;
      return note(work, { scheduleId, kind: "comment", subject: commentId, revision, counted }, event);
    };
  const reviewed =
    (counted: number) =>
    (event: Of<"ReviewDeleted">, work: Work): Promise<void> => {
      const { scheduleId, reviewId, revision } = event.data;
      return note(work, { scheduleId, kind: "review", subject: reviewId, revision, counted }, event);
    };
  return {
    ...{ CommentRegistered: commented(1), CommentDeleted: commented(0) },
    ...{ BookmarkRegistered: chosen("bookmark", 1), BookmarkCanceled: chosen("bookmark", 0) },
    ...{ LikeRegistered: chosen("like", 1), LikeCanceled: chosen("like", 0) },
    ...{ ReviewRegistered: reviewed(1), ReviewDeleted: reviewed(0) },
  };
}
