import { randomUUID } from "node:crypto";
import Type, { type Static } from "typebox";
import { Value } from "typebox/value";
import { CalleeUnavailable, tryLater } from "../../../runtime/http/edge.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { conflict, notFound } from "../../../runtime/http/refusal.ts";
import type { Http } from "../../../runtime/http/http.ts";
import { shortened } from "../../../runtime/process/shortened.ts";
import { type Kit, runService } from "../../../runtime/service.ts";
import { AT_ONCE, clearDeleted, expectCourse, noteCourse, noteDeleted } from "./deleted-courses.ts";
import { events, Id, Words } from "./events.ts";
import { permissionContract } from "./permission-contract.ts";
import { Review, type ReviewEvents, reviewMigrations, type ReviewTables, type ReviewWork } from "./review-rows.ts";

type ReviewKit = Kit<ReviewTables, typeof events, ReviewEvents>;
const One = { params: Type.Object({ id: Id }) };
const NewReview = Type.Object(
  { scheduleId: Id, customerId: Id, reviewComment: Words },
  { additionalProperties: false },
);

async function find({ tx }: ReviewWork, reviewId: string) {
  const review = await tx
    .selectFrom("reviews")
    .selectAll()
    .where("reviewId", "=", reviewId)
    .forUpdate()
    .executeTakeFirst();
  if (review === undefined) throw notFound("review");
  return review;
}

/** Asks schedule before anything is written; without its yes there is no review. */
async function expectPermission(kit: ReviewKit, scheduleId: string): Promise<void> {
  const schedule = kit.edge("schedule");
  try {
    const path = `/schedules/${encodeURIComponent(scheduleId)}/review-permission`;
    const { status, body } = await schedule.call({ method: "GET", path });
    if (status === 200 && Value.Check(permissionContract.response, body)) return;
    if (status === 404) throw notFound("course");
    if (status === 409) throw conflict(shortened(String((body as { detail?: unknown }).detail)));
    throw new CalleeUnavailable("schedule", "client_error");
  } catch (error) {
    throw error instanceof CalleeUnavailable ? tryLater(error, schedule.settings) : error;
  }
}

async function write(work: ReviewWork, body: Static<typeof NewReview>) {
  const { tx, emit } = work;
  await noteCourse(work, body.scheduleId); // schedule has just said that it is there
  await expectCourse(work, body.scheduleId);
  const known = await tx
    .selectFrom("reviews")
    .selectAll()
    .where("scheduleId", "=", body.scheduleId)
    .where("customerId", "=", body.customerId)
    .executeTakeFirst();
  if (known?.reviewComment === body.reviewComment) return known; // the same request once more
  if (known !== undefined) throw conflict("This customer has reviewed this course already; change that review.");
  const now = new Date();
  const review = { reviewId: randomUUID(), ...body, revision: 1, createdAt: now, updatedAt: now };
  await tx.insertInto("reviews").values(review).execute();
  const { reviewId } = review;
  await emit("ReviewRegistered", { reviewId, ...body, revision: 1 });
  return review;
}

async function rewrite(work: ReviewWork, reviewId: string, reviewComment: string) {
  const known = await find(work, reviewId);
  const news = { reviewComment, revision: known.revision + 1, updatedAt: new Date() };
  await work.tx.updateTable("reviews").set(news).where("reviewId", "=", reviewId).execute();
  const { scheduleId, customerId } = known;
  await work.emit("ReviewModified", { scheduleId, customerId, reviewId, reviewComment, revision: news.revision });
  return { ...known, ...news };
}

async function remove(work: ReviewWork, reviewId: string): Promise<void> {
  const { scheduleId, customerId, revision } = await find(work, reviewId);
  await work.tx.deleteFrom("reviews").where("reviewId", "=", reviewId).execute();
  await work.emit("ReviewDeleted", { scheduleId, customerId, reviewId, revision: revision + 1 });
}

/** Takes back a part of a deleted course's reviews; answers how many, 0 at the end. */
async function takeBack(work: ReviewWork, scheduleId: string): Promise<number> {
  const reviews = await work.tx
    .selectFrom("reviews")
    .select("reviewId")
    .where("scheduleId", "=", scheduleId)
    .limit(AT_ONCE)
    .forUpdate() // another replica may be taking them back at the same moment
    .execute();
  for (const { reviewId } of reviews) await remove(work, reviewId);
  return reviews.length;
}

function writeRoutes(app: Http, kit: ReviewKit): void {
  const { transact } = kit;
  app.post("/reviews", { schema: { body: NewReview, response: { 201: Review } } }, async ({ body }, reply) => {
    await expectPermission(kit, body.scheduleId);
    return reply.code(201).send(await transact((work) => write(work, body)));
  });
  const Change = Type.Object({ reviewComment: Words }, { additionalProperties: false });
  app.patch("/reviews/:id", { schema: { ...One, body: Change, response: { 200: Review } } }, ({ params, body }) =>
    transact((work) => rewrite(work, params.id, body.reviewComment)),
  );
  app.delete("/reviews/:id", { schema: One }, async ({ params }, reply) => {
    await transact((work) => remove(work, params.id));
    return reply.code(204).send();
  });
}

function readRoutes(app: Http, { db }: ReviewKit): void {
  const Query = Type.Object({ ...PageQuery, scheduleId: Type.Optional(Id) }, { additionalProperties: false });
  app.get("/reviews", { schema: { querystring: Query, response: { 200: pageOf(Review) } } }, async ({ query }) => {
    const all = db.selectFrom("reviews");
    const found = query.scheduleId === undefined ? all : all.where("scheduleId", "=", query.scheduleId);
    return readPage(query, found.selectAll(), { time: "createdAt", id: "reviewId" });
  });
  app.get("/reviews/:id", { schema: { ...One, response: { 200: Review } } }, async ({ params }) => {
    const row = await db.selectFrom("reviews").selectAll().where("reviewId", "=", params.id).executeTakeFirst();
    if (row === undefined) throw notFound("review");
    return row;
  });
}

await runService<ReviewTables, typeof events, ReviewEvents>({
  calls: ["schedule"],
  events,
  correlationKey: "scheduleId",
  migrations: reviewMigrations,
  handlers: {
    ScheduleDeleted: ({ key }, work) => noteDeleted(work, key),
  },
  every: [{ ms: 2000, run: (kit) => clearDeleted(kit, takeBack) }],
  routes(app, kit) {
    readRoutes(app, kit);
    writeRoutes(app, kit);
  },
});
