import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import { EarlyEvent } from "../../../runtime/events/inbox.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { notFound } from "../../../runtime/http/refusal.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import { runService } from "../../../runtime/service.ts";
import { assignmentContract } from "./assignment-contract.ts";
import { Details, events, Id } from "./events.ts";
import { MANAGE_STATES } from "./states.ts";

const Managed = Type.Object({
  callId: Id,
  ...Details.properties,
  status: Type.Enum(MANAGE_STATES),
  cleanman: Type.Union([Type.String(), Type.Null()]),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
type Row = Static<typeof Managed>;

interface Tables {
  managed: Row;
}
type Management = Work<Tables, typeof events, "CleanmanageAssigned" | "CleanmanageCancelled">;

/** A call stands a second after it was asked for; what is still only asked for after this belongs to none. */
const FORGET_AFTER_MS = 10 * 60_000;

const migrations: readonly Migration[] = [
  {
    name: "cleanmanage-1",
    statements: [
      `CREATE TABLE IF NOT EXISTS managed (
    call_id CHAR(36) PRIMARY KEY, tel VARCHAR(12) NOT NULL, location VARCHAR(200) NOT NULL, cost INT NOT NULL, status VARCHAR(12) NOT NULL,
    cleanman VARCHAR(100), created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL,
    KEY status (status, created_at), KEY created_at (created_at))`,
    ],
  },
];

async function find({ tx }: Management, callId: string) {
  return tx.selectFrom("managed").selectAll().where("callId", "=", callId).forUpdate().executeTakeFirst();
}

async function change({ tx }: Management, callId: string, values: Partial<Row>) {
  await tx
    .updateTable("managed")
    .set({ ...values, updatedAt: new Date() })
    .where("callId", "=", callId)
    .execute();
}

/** The row of a call: what was asked for, or what the event says where that is forgotten already. */
async function managed(work: Management, callId: string, { tel, location, cost }: Details): Promise<Row> {
  const found = await find(work, callId);
  if (found !== undefined) return found;
  const now = new Date();
  const row: Row = {
    ...{ callId, tel, location, cost, status: "ASKED", cleanman: null },
    ...{ createdAt: now, updatedAt: now },
  };
  await work.tx.insertInto("managed").values(row).execute();
  return row;
}

await runService<Tables, typeof events, "CleanmanageAssigned" | "CleanmanageCancelled">({
  events,
  correlationKey: "callId",
  migrations,
  handlers: {
    async Cleancalled({ data }, work) {
      if ((await managed(work, data.callId, data)).status !== "ASKED") return;
      await change(work, data.callId, { status: "CALLING" });
      await work.emit("CleanmanageAssigned", data);
    },
    async CleancallCancelled({ data }, work) {
      if ((await managed(work, data.callId, data)).status === "CANCELLED") return;
      await change(work, data.callId, { status: "CANCELLED" });
      await work.emit("CleanmanageCancelled", data);
    },
    async CleanassignCompleted({ data }, work) {
      const row = await find(work, data.callId);
      if (row === undefined) throw new EarlyEvent(`call ${data.callId} is not here yet`);
      const { cleanman } = data;
      await change(work, data.callId, row.status === "CALLING" ? { status: "CONFIRMED", cleanman } : { cleanman });
    },
  },
  every: [
    {
      ms: 60_000,
      async run({ db }) {
        const before = new Date(Date.now() - FORGET_AFTER_MS);
        await db.deleteFrom("managed").where("status", "=", "ASKED").where("createdAt", "<", before).execute();
      },
    },
  ],
  routes(app, { db, transact }) {
    const { request, response } = assignmentContract;
    app.post("/cleanmanages", { schema: { body: request, response: { 201: response } } }, async ({ body }, reply) => {
      const { callId } = await transact((work) => managed(work, body.callId, body));
      return reply.code(201).send({ callId });
    });
    const Query = Type.Object(PageQuery, { additionalProperties: false });
    app.get("/cleanmanages", { schema: { querystring: Query, response: { 200: pageOf(Managed) } } }, ({ query }) =>
      readPage(query, db.selectFrom("managed").selectAll(), { time: "createdAt", id: "callId" }),
    );
    const One = { params: Type.Object({ id: Id }), response: { 200: Managed } };
    app.get("/cleanmanages/:id", { schema: One }, async ({ params }) => {
      const row = await db.selectFrom("managed").selectAll().where("callId", "=", params.id).executeTakeFirst();
      if (row === undefined) throw notFound("management of a call");
      return row;
    });
  },
});
