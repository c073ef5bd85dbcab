import { randomUUID } from "node:crypto";
import type { Static } from "typebox";
import Type from "typebox";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { notFound } from "../../../runtime/http/refusal.ts";
import type { Http } from "../../../runtime/http/http.ts";
import { type Kit, runService } from "../../../runtime/service.ts";
import { choose, type Kind, takeBack } from "./choices.ts";
import {
  Choice,
  Comment,
  type CommunicationEvents,
  communicationMigrations,
  type CommunicationTables,
  type CommunicationWork,
} from "./communication-rows.ts";
import { clearDeleted, expectCourse, noteCourse, noteDeleted } from "./deleted-courses.ts";
import { events, Id, Words } from "./events.ts";
import { madeBefore, OnceHeaders } from "./once.ts";

type CommunicationKit = Kit<CommunicationTables, typeof events, CommunicationEvents>;
const One = { params: Type.Object({ id: Id }) };
const NewComment = Type.Object({ scheduleId: Id, customerId: Id, commentDesc: Words }, { additionalProperties: false });

async function find({ tx }: CommunicationWork, commentId: string) {
  const found = tx.selectFrom("comments").selectAll().where("commentId", "=", commentId).forUpdate();
  const comment = await found.executeTakeFirst();
  if (comment === undefined) throw notFound("comment");
  return comment;
}

async function say(work: CommunicationWork, body: Static<typeof NewComment>, key: string | undefined) {
  const commentId = randomUUID();
  const before = await madeBefore(work, key, body, commentId);
  if (before !== undefined) return find(work, before);
  await expectCourse(work, body.scheduleId);
  const now = new Date();
  const row = { commentId, ...body, revision: 1, createdAt: now, updatedAt: now };
  await work.tx.insertInto("comments").values(row).execute();
  await work.emit("CommentRegistered", { commentId, ...body, revision: 1 });
  return row;
}

async function sayOtherwise(work: CommunicationWork, commentId: string, commentDesc: string) {
  const known = await find(work, commentId);
  const news = { commentDesc, revision: known.revision + 1, updatedAt: new Date() };
  await work.tx.updateTable("comments").set(news).where("commentId", "=", commentId).execute();
  const { scheduleId, customerId } = known;
  await work.emit("CommentModified", { scheduleId, customerId, commentId, commentDesc, revision: news.revision });
  return { ...known, ...news };
}

async function unsay(work: CommunicationWork, commentId: string): Promise<void> {
  const { scheduleId, customerId, revision } = await find(work, commentId);
  await work.tx.deleteFrom("comments").where("commentId", "=", commentId).execute();
  await work.emit("CommentDeleted", { scheduleId, customerId, commentId, revision: revision + 1 });
}

function commentRoutes(app: Http, { db, transact }: CommunicationKit): void {
  const Query = Type.Object({ ...PageQuery, scheduleId: Type.Optional(Id) }, { additionalProperties: false });
  const list = { schema: { querystring: Query, response: { 200: pageOf(Comment) } } };
  app.get("/communications/comments", list, async ({ query }) => {
    const all = db.selectFrom("comments");
    const found = query.scheduleId === undefined ? all : all.where("scheduleId", "=", query.scheduleId);
    return readPage(query, found.selectAll(), { time: "createdAt", id: "commentId" });
  });
  const made = { schema: { body: NewComment, headers: OnceHeaders, response: { 201: Comment } } };
  app.post("/communications/comments", made, async ({ body, headers }, reply) =>
    reply.code(201).send(await transact((work) => say(work, body, headers["idempotency-key"]))),
  );
  const Change = Type.Object({ commentDesc: Words }, { additionalProperties: false });
  const changed = { schema: { ...One, body: Change, response: { 200: Comment } } };
  app.patch("/communications/comments/:id", changed, ({ params, body }) =>
    transact((work) => sayOtherwise(work, params.id, body.commentDesc)),
  );
  app.delete("/communications/comments/:id", { schema: One }, async ({ params }, reply) => {
    await transact((work) => unsay(work, params.id));
    return reply.code(204).send();
  });
}

function choiceRoutes(app: Http, { db, transact }: CommunicationKit, kind: Kind): void {
  const Query = Type.Object({ ...PageQuery, customerId: Type.Optional(Id) }, { additionalProperties: false });
  const list = { schema: { querystring: Query, response: { 200: pageOf(Choice) } } };
  app.get(`/communications/${kind}s`, list, async ({ query }) => {
    const all = db.selectFrom("choices").where("kind", "=", kind).where("chosen", "=", "Y");
    const found = query.customerId === undefined ? all : all.where("customerId", "=", query.customerId);
    return readPage(query, found.selectAll(), { time: "updatedAt", id: "scheduleId" });
  });
  const schema = { params: Type.Object({ scheduleId: Id, customerId: Id }), response: { 200: Choice } };
  const path = `/communications/${kind}s/:scheduleId/:customerId`;
  app.put(path, { schema }, ({ params }) => transact((work) => choose(work, { ...params, kind }, "Y")));
  app.delete(path, { schema }, ({ params }) => transact((work) => choose(work, { ...params, kind }, "N")));
}

await runService<CommunicationTables, typeof events, CommunicationEvents>({
  events,
  correlationKey: "scheduleId",
  migrations: communicationMigrations,
  handlers: {
    ScheduleRegistered: ({ key }, work) => noteCourse(work, key),
    ScheduleDeleted: ({ key }, work) => noteDeleted(work, key),
  },
  every: [{ ms: 2000, run: (kit) => clearDeleted(kit, takeBack) }],
  routes(app, kit) {
    commentRoutes(app, kit);
    choiceRoutes(app, kit, "bookmark");
    choiceRoutes(app, kit, "like");
  },
});
