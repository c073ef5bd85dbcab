import { randomUUID } from "node:crypto";
import Type from "typebox";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { notFound } from "../../../runtime/http/refusal.ts";
import { runService } from "../../../runtime/service.ts";
import { Assignment, type AssignEvents, assignMigrations, type AssignTables, type AssignWork } from "./assign-rows.ts";
import { events, Id } from "./events.ts";

type Row = AssignTables["assignments"];

async function find({ tx }: AssignWork, callId: string) {
  return tx.selectFrom("assignments").selectAll().where("callId", "=", callId).forUpdate().executeTakeFirst();
}

/** The cleaner with the fewest calls; who is being given one at this moment is passed over. */
async function takeCleaner({ tx }: AssignWork) {
  const sorted = tx.selectFrom("cleaners").selectAll().orderBy("assigned").orderBy("cleanmanId").limit(1).forUpdate();
  const cleaner = (await sorted.skipLocked().executeTakeFirst()) ?? (await sorted.executeTakeFirstOrThrow()); // all six are: wait
  await tx
    .updateTable("cleaners")
    .set(({ eb }) => ({ assigned: eb("assigned", "+", 1) }))
    .where("cleanmanId", "=", cleaner.cleanmanId)
    .execute();
  return cleaner;
}

async function freeCleaner({ tx }: AssignWork, cleanmanId: string) {
  await tx
    .updateTable("cleaners")
    .set(({ eb }) => ({ assigned: eb("assigned", "-", 1) }))
    .where("cleanmanId", "=", cleanmanId)
    .execute();
}

async function insert({ tx }: AssignWork, given: Pick<Row, "callId" | "tel" | "location" | "status" | "cleanmanId">) {
  const now = new Date();
  const row: Row = { ...given, assignId: randomUUID(), createdAt: now, updatedAt: now };
  await tx.insertInto("assignments").values(row).execute();
  return row;
}

await runService<AssignTables, typeof events, AssignEvents>({
  events,
  correlationKey: "callId",
  migrations: assignMigrations,
  handlers: {
    async CleanmanageAssigned({ data }, work) {
      const { callId, tel, location } = data;
      // A row can be there already, cancelled before anybody was chosen.
      if ((await find(work, callId)) !== undefined) return;
      const { cleanmanId, cleanman, cleanmanTel } = await takeCleaner(work);
      const { assignId } = await insert(work, { callId, tel, location, status: "CONFIRMED", cleanmanId });
      await work.emit("CleanassignCompleted", { callId, assignId, tel, location, cleanmanId, cleanman, cleanmanTel });
    },
    async CleanmanageCancelled({ data }, work) {
      const { callId, tel, location } = data;
      const found = await find(work, callId);
      if (found?.status === "CANCELLED") return;
      const row = found ?? (await insert(work, { callId, tel, location, status: "CANCELLED", cleanmanId: null }));
      if (row.cleanmanId !== null) await freeCleaner(work, row.cleanmanId);
      await work.tx
        .updateTable("assignments")
        .set({ status: "CANCELLED", updatedAt: new Date() })
        .where("callId", "=", callId)
        .execute();
      await work.emit("CleanassignCancelled", { callId, assignId: row.assignId, tel });
    },
  },
  routes(app, { db }) {
    const Query = Type.Object({ ...PageQuery, callId: Type.Optional(Id) }, { additionalProperties: false });
    app.get("/cleanassigns", { schema: { querystring: Query, response: { 200: pageOf(Assignment) } } }, ({ query }) => {
      const { callId } = query;
      const all = db.selectFrom("assignments");
      const found = callId === undefined ? all : all.where("callId", "=", callId);
      return readPage(query, found.selectAll(), { time: "createdAt", id: "assignId" });
    });
    const One = { params: Type.Object({ id: Id }), response: { 200: Assignment } };
    app.get("/cleanassigns/:id", { schema: One }, async ({ params }) => {
      const row = await db.selectFrom("assignments").selectAll().where("assignId", "=", params.id).executeTakeFirst();
      if (row === undefined) throw notFound("assignment");
      return row;
    });
  },
});
