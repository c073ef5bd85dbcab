import { type Kysely, sql, type Transaction } from "kysely";
import { notFound } from "../../../runtime/http/refusal.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import type { events } from "./events.ts";

/** What a service must know of courses that belong to another one. */
export interface Course {
  scheduleId: string;
  state: "open" | "deleted" | "cleared";
}

export const COURSES_TABLE = `CREATE TABLE IF NOT EXISTS courses (
    schedule_id VARCHAR(36) COLLATE utf8mb4_bin PRIMARY KEY, state VARCHAR(8) NOT NULL, KEY state (state))`;

interface Tables {
  courses: Course;
}
/** Any database that has this table, whatever else is in it. */
type Any = { readonly tx: unknown };
const courses = (work: Any) => work.tx as Transaction<Tables>;

/** Notes that there is a course; one that is known already stays what it is. */
export async function noteCourse(work: Any, scheduleId: string): Promise<void> {
  const open = courses(work).insertInto("courses").values({ scheduleId, state: "open" });
  await open.onDuplicateKeyUpdate(({ ref }) => ({ state: ref("state") })).execute();
}

/** Refuses what is about a course that is not there, or no longer; until the end of the transaction nobody deletes it. */
export async function expectCourse(work: Any, scheduleId: string): Promise<void> {
  const found = courses(work).selectFrom("courses").select("state").where("scheduleId", "=", scheduleId);
  const course = await found.modifyEnd(sql`LOCK IN SHARE MODE`).executeTakeFirst();
  if (course?.state !== "open") throw notFound("course");
}

/** Notes that a course is deleted: nothing new comes to it. */
export async function noteDeleted(work: Any, scheduleId: string): Promise<void> {
  const deleted = courses(work).insertInto("courses").values({ scheduleId, state: "deleted" });
  await deleted.onDuplicateKeyUpdate({ state: "deleted" }).execute();
}

/** Things of a deleted course that are taken back in one transaction. */
export const AT_ONCE = 50;

/** Takes back what belongs to deleted courses, a part at a time; `takeBack` answers how much it took, 0 at the end. */
export async function clearDeleted<T, E extends typeof events, P extends keyof E & string>(
  kit: { readonly db: unknown; transact: <R>(work: (work: Work<T, E, P>) => Promise<R>) => Promise<R> },
  takeBack: (work: Work<T, E, P>, scheduleId: string) => Promise<number>,
): Promise<void> {
  const db = kit.db as Kysely<Tables>;
  const left = await db.selectFrom("courses").select("scheduleId").where("state", "=", "deleted").limit(20).execute();
  for (const { scheduleId } of left) {
    while ((await kit.transact((work) => takeBack(work, scheduleId))) > 0);
    await db.updateTable("courses").set({ state: "cleared" }).where("scheduleId", "=", scheduleId).execute();
  }
}
