import Type, { type Static } from "typebox";
import type { Event } from "../../../runtime/events/envelope.ts";
import { EarlyEvent } from "../../../runtime/events/inbox.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { notFound } from "../../../runtime/http/refusal.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import { runService } from "../../../runtime/service.ts";
import { Details, events, Id } from "./events.ts";
import { advance, CALL_STATES } from "./states.ts";

const View = Type.Object({
  callId: Id,
  ...Details.properties,
  status: Type.Enum(CALL_STATES),
  cleanman: Type.Union([Type.String(), Type.Null()]),
  cleanmanTel: Type.Union([Type.String(), Type.Null()]),
  updatedAt: Timestamp,
});
type Row = Static<typeof View>;

interface Tables {
  views: Row;
}

/** Folds one event into the row. Whatever the order of the events, the row ends the same: states only advance, times only grow. */
async function fold({ tx }: Work<Tables, typeof events, never>, event: Event, change: (row: Row) => Partial<Row>) {
  const row = await tx.selectFrom("views").selectAll().where("callId", "=", event.key).forUpdate().executeTakeFirst();
  if (row === undefined) throw new EarlyEvent(`call ${event.key} is not in the view yet`);
  const occurredAt = new Date(event.occurredAt);
  const updatedAt = occurredAt > row.updatedAt ? occurredAt : row.updatedAt;
  await tx
    .updateTable("views")
    .set({ ...change(row), updatedAt })
    .where("callId", "=", event.key)
    .execute();
}

await runService<Tables, typeof events, never>({
  events,
  correlationKey: "callId",
  views: ["views"],
  migrations: [
    {
      name: "cleanview-1",
      statements: [
        `CREATE TABLE IF NOT EXISTS views (
    call_id CHAR(36) PRIMARY KEY, tel VARCHAR(12) NOT NULL, location VARCHAR(200) NOT NULL, cost INT NOT NULL, status VARCHAR(12) NOT NULL,
    cleanman VARCHAR(100), cleanman_tel VARCHAR(12), updated_at DATETIME(3) NOT NULL, KEY updated_at (updated_at))`,
      ],
    },
  ],
  handlers: {
    async Cleancalled({ data, occurredAt }, { tx }) {
      const { callId, tel, location, cost } = data;
      const known = await tx.selectFrom("views").select("callId").where("callId", "=", callId).executeTakeFirst();
      if (known !== undefined) return;
      const fresh = { status: "CALLED" as const, cleanman: null, cleanmanTel: null, updatedAt: new Date(occurredAt) };
      await tx
        .insertInto("views")
        .values({ callId, tel, location, cost, ...fresh })
        .execute();
    },
    CleancallCancelled: (event, work) => fold(work, event, ({ status }) => ({ status: advance(status, "CANCELLING") })),
    CleanassignCompleted: (event, work) =>
      fold(work, event, ({ status }) => {
        const { cleanman, cleanmanTel } = event.data;
        return { status: advance(status, "CONFIRMED"), cleanman, cleanmanTel };
      }),
    CleanassignCancelled: (event, work) =>
      fold(work, event, ({ status }) => ({ status: advance(status, "CANCELLED") })),
  },
  routes(app, { db }) {
    const Query = Type.Object(PageQuery, { additionalProperties: false });
    app.get("/cleanviews", { schema: { querystring: Query, response: { 200: pageOf(View) } } }, ({ query }) =>
      readPage(query, db.selectFrom("views").selectAll(), { time: "updatedAt", id: "callId" }),
    );
    const One = { params: Type.Object({ id: Id }), response: { 200: View } };
    app.get("/cleanviews/:id", { schema: One }, async ({ params }) => {
      const row = await db.selectFrom("views").selectAll().where("callId", "=", params.id).executeTakeFirst();
      if (row === undefined) throw notFound("call");
      return row;
    });
  },
});
