import { randomUUID } from "node:crypto";
import Type, { type Static } from "typebox";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { conflict, notFound, Refusal } from "../../../runtime/http/refusal.ts";
import type { Http } from "../../../runtime/http/http.ts";
import { type Kit, runService } from "../../../runtime/service.ts";
import { type Mark, markHandlers, NOTHING_COUNTED, noteMark } from "./counting.ts";
import { Details, events, Id } from "./events.ts";
import { madeBefore, OnceHeaders } from "./once.ts";
import { permissionContract } from "./permission-contract.ts";
import {
  Schedule,
  type ScheduleEvents,
  scheduleMigrations,
  type ScheduleTables,
  type ScheduleWork,
} from "./schedule-rows.ts";

type ScheduleKit = Kit<ScheduleTables, typeof events, ScheduleEvents>;
const One = { params: Type.Object({ id: Id }) };
const Change = Type.Partial(Type.Object(Details.properties), { additionalProperties: false, minProperties: 1 });

async function find({ tx }: ScheduleWork, scheduleId: string) {
  return tx.selectFrom("schedules").selectAll().where("scheduleId", "=", scheduleId).forUpdate().executeTakeFirst();
}

/** The day that the text names; the calendar decides, not only the form. */
function dateOf(date: string): Date {
  const at = new Date(date);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 19) !== date.slice(0, 19))
    throw new Refusal(400, "invalid_request", `body.date is no date of the calendar.`);
  return at;
}

async function register(work: ScheduleWork, details: Details, key: string | undefined) {
  const date = dateOf(details.date);
  const scheduleId = randomUUID();
  const before = await madeBefore(work, key, details, scheduleId);
  if (before !== undefined) {
    const made = await find(work, before);
    if (made === undefined) throw new Refusal(409, "conflict", "What this Idempotency-Key made is deleted.");
    return made;
  }
  const now = new Date();
  const row = { scheduleId, ...details, date, ...NOTHING_COUNTED, revision: 1, createdAt: now, updatedAt: now };
  await work.tx.insertInto("schedules").values(row).execute();
  await work.emit("ScheduleRegistered", { scheduleId, ...details, revision: 1 });
  return row;
}

async function modify(work: ScheduleWork, scheduleId: string, change: Static<typeof Change>) {
  const known = await find(work, scheduleId);
  if (known === undefined) throw notFound("course");
  const { title, content, uploader, reviewWriteYn } = { ...known, ...change };
  const date = change.date === undefined ? known.date : dateOf(change.date);
  const revision = known.revision + 1;
  const news = { title, content, uploader, reviewWriteYn, date, revision, updatedAt: new Date() };
  await work.tx.updateTable("schedules").set(news).where("scheduleId", "=", scheduleId).execute();
  const details = { title, content, uploader, reviewWriteYn, date: date.toISOString() };
  await work.emit("ScheduleModified", { scheduleId, ...details, revision });
  return { ...known, ...news };
}

async function remove(work: ScheduleWork, scheduleId: string): Promise<void> {
  if ((await find(work, scheduleId)) === undefined) throw notFound("course");
  await work.tx.deleteFrom("schedules").where("scheduleId", "=", scheduleId).execute();
  await work.tx.deleteFrom("marks").where("scheduleId", "=", scheduleId).execute();
  await work.emit("ScheduleDeleted", { scheduleId });
}

/** A course that is not here is deleted: nobody marks one before it is registered. */
async function count(work: ScheduleWork, mark: Mark): Promise<void> {
  const course = await find(work, mark.scheduleId);
  if (course === undefined) return;
  const change = await noteMark(work, mark);
  const counter = `${mark.kind}Cnt` as const;
  const counted = { [counter]: course[counter] + change };
  await work.tx.updateTable("schedules").set(counted).where("scheduleId", "=", mark.scheduleId).execute();
}

function permissionRoute(app: Http, { db }: ScheduleKit): void {
  const schema = { params: permissionContract.request, response: { 200: permissionContract.response } };
  app.get("/schedules/:id/review-permission", { schema }, async ({ params }) => {
    const course = await db
      .selectFrom("schedules")
      .select(["scheduleId", "title", "date", "reviewWriteYn"])
      .where("scheduleId", "=", params.id)
      .executeTakeFirst();
    if (course === undefined) throw notFound("course");
    if (course.reviewWriteYn === "N") throw conflict("The host of this course takes no reviews.");
    if (course.date > new Date()) throw conflict("The date of this course is not over; it is reviewed afterwards.");
    return { scheduleId: course.scheduleId, title: course.title, reviewable: true as const };
  });
}

function readRoutes(app: Http, { db }: ScheduleKit): void {
  const Query = Type.Object(PageQuery, { additionalProperties: false });
  app.get("/schedules", { schema: { querystring: Query, response: { 200: pageOf(Schedule) } } }, async ({ query }) =>
    readPage(query, db.selectFrom("schedules").selectAll(), { time: "createdAt", id: "scheduleId" }),
  );
  app.get("/schedules/:id", { schema: { ...One, response: { 200: Schedule } } }, async ({ params }) => {
    const row = await db.selectFrom("schedules").selectAll().where("scheduleId", "=", params.id).executeTakeFirst();
    if (row === undefined) throw notFound("course");
    return row;
  });
}

function writeRoutes(app: Http, { transact }: ScheduleKit): void {
  const New = Type.Object(Details.properties, { additionalProperties: false });
  const register201 = { schema: { body: New, headers: OnceHeaders, response: { 201: Schedule } } };
  app.post("/schedules", register201, async ({ body, headers }, reply) => {
    const made = await transact((work) => register(work, body, headers["idempotency-key"]));
    return reply.code(201).header("location", `/schedules/${made.scheduleId}`).send(made);
  });
  app.patch("/schedules/:id", { schema: { ...One, body: Change, response: { 200: Schedule } } }, ({ params, body }) =>
    transact((work) => modify(work, params.id, body)),
  );
  app.delete("/schedules/:id", { schema: One }, async ({ params }, reply) => {
    await transact((work) => remove(work, params.id));
    return reply.code(204).send();
  });
}

await runService<ScheduleTables, typeof events, ScheduleEvents>({
  events,
  correlationKey: "scheduleId",
  migrations: scheduleMigrations,
  handlers: markHandlers(count),
  routes(app, kit) {
    readRoutes(app, kit);
    permissionRoute(app, kit);
    writeRoutes(app, kit);
  },
});
