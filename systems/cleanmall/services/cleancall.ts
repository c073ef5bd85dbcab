import Type from "typebox";
import { EarlyEvent } from "../../../runtime/events/inbox.ts";
import type { Http } from "../../../runtime/http/http.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { notFound } from "../../../runtime/http/refusal.ts";
import { runService } from "../../../runtime/service.ts";
import { Call, type CallEvents, callMigrations, type CallTables, type CallWork } from "./call-rows.ts";
import { type CallKit, placeCall } from "./calling.ts";
import { Details, events, Id } from "./events.ts";
import { advance, CALL_STATES, type CallState } from "./states.ts";

async function find({ tx }: CallWork, callId: string) {
  return tx.selectFrom("calls").selectAll().where("callId", "=", callId).forUpdate().executeTakeFirst();
}

async function setStatus({ tx }: CallWork, callId: string, status: CallState) {
  await tx.updateTable("calls").set({ status, updatedAt: new Date() }).where("callId", "=", callId).execute();
}

async function progress(work: CallWork, callId: string, news: CallState) {
  const call = await find(work, callId);
  if (call === undefined) throw new EarlyEvent(`call ${callId} is not here yet`);
  const status = advance(call.status, news);
  if (status !== call.status) await setStatus(work, callId, status);
}

/** Begins the cancellation, once; cleanassign ends it. */
async function cancel(work: CallWork, callId: string) {
  const call = await find(work, callId);
  if (call === undefined) throw notFound("call");
  if (call.status === "CANCELLING" || call.status === "CANCELLED") return call;
  await setStatus(work, callId, "CANCELLING");
  const { tel, location, cost } = call;
  await work.emit("CleancallCancelled", { callId, tel, location, cost });
  return { ...call, status: "CANCELLING" as const };
}

function readRoutes(app: Http, { db }: CallKit): void {
  const Status = Type.Optional(Type.Enum(CALL_STATES));
  const Query = Type.Object({ ...PageQuery, status: Status }, { additionalProperties: false });
  app.get("/cleancalls", { schema: { querystring: Query, response: { 200: pageOf(Call) } } }, async ({ query }) => {
    const { status } = query;
    const found = status === undefined ? db.selectFrom("calls") : db.selectFrom("calls").where("status", "=", status);
    return readPage(query, found.selectAll(), { time: "createdAt", id: "callId" });
  });
  const One = { params: Type.Object({ id: Id }), response: { 200: Call } };
  app.get("/cleancalls/:id", { schema: One }, async ({ params }) => {
    const call = await db.selectFrom("calls").selectAll().where("callId", "=", params.id).executeTakeFirst();
    if (call === undefined) throw notFound("call");
    return call;
  });
}

function writeRoutes(app: Http, kit: CallKit): void {
  const NewCall = Type.Object(Details.properties, { additionalProperties: false });
  const Headers = Type.Object({ "idempotency-key": Type.Optional(Type.String({ minLength: 1, maxLength: 100 })) });
  app.post(
    "/cleancalls",
    { schema: { body: NewCall, headers: Headers, response: { 201: Call } } },
    async ({ body, headers }, reply) => reply.code(201).send(await placeCall(kit, body, headers["idempotency-key"])),
  );
  const One = { params: Type.Object({ id: Id }), response: { 202: Call } };
  app.delete("/cleancalls/:id", { schema: One }, async ({ params }, reply) =>
    reply.code(202).send(await kit.transact((work) => cancel(work, params.id))),
  );
}

await runService<CallTables, typeof events, CallEvents>({
  calls: ["cleanmanage"],
  events,
  correlationKey: "callId",
  migrations: callMigrations,
  handlers: {
    CleanassignCompleted: ({ key }, work) => progress(work, key, "CONFIRMED"),
    CleanassignCancelled: ({ key }, work) => progress(work, key, "CANCELLED"),
  },
  routes(app, kit) {
    writeRoutes(app, kit);
    readRoutes(app, kit);
  },
});
