import Type, { type Static } from "typebox";
import { EarlyEvent } from "../../../runtime/events/inbox.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { notFound } from "../../../runtime/http/refusal.ts";
import { type Kit, runService } from "../../../runtime/service.ts";
import type { Event } from "../../../runtime/events/envelope.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Details, events, Id } from "./events.ts";
import { advance, ORDER_STATES, type OrderState } from "./states.ts";

const MyPage = Type.Object({
  orderId: Id,
  ...Details.properties,
  status: Type.Enum(ORDER_STATES),
  payment: Type.Enum(["AUTHORIZED", "APPROVED", "REFUNDED"]),
  updatedAt: Timestamp,
});
type MyPageRow = Static<typeof MyPage>;

interface Tables {
  myPages: MyPageRow;
}

/** Folds one event into the row. Whatever the order of the events, the row ends the same: states only advance, times only grow. */
async function fold(
  { tx }: Work<Tables, typeof events, never>,
  event: Event,
  change: (row: MyPageRow) => Partial<MyPageRow>,
) {
  const row = await tx
    .selectFrom("myPages")
    .selectAll()
    .where("orderId", "=", event.key)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new EarlyEvent(`order ${event.key} is not on the page yet`);
  const occurredAt = new Date(event.occurredAt);
  const updatedAt = occurredAt > row.updatedAt ? occurredAt : row.updatedAt;
  await tx
    .updateTable("myPages")
    .set({ ...change(row), updatedAt })
    .where("orderId", "=", event.key)
    .execute();
}

const to = (status: OrderState) => (event: Event, work: Work<Tables, typeof events, never>) =>
  fold(work, event, (row) => ({ status: advance(row.status, status) }));

const list = (
  { db }: Kit<Tables, typeof events, never>,
  query: { size?: string; after?: string; status?: OrderState },
) => {
  const { status } = query;
  const found = status === undefined ? db.selectFrom("myPages") : db.selectFrom("myPages").where("status", "=", status);
  return readPage(query, found.selectAll(), { time: "updatedAt", id: "orderId" });
};

await runService<Tables, typeof events, never>({
  events,
  correlationKey: "orderId",
  views: ["my_pages"],
  migrations: [
    {
      name: "mypage-1",
      statements: [
        `CREATE TABLE IF NOT EXISTS my_pages (
    order_id CHAR(36) PRIMARY KEY, customer_name VARCHAR(100) NOT NULL, fish_name VARCHAR(100) NOT NULL, qty INT NOT NULL, telephone VARCHAR(12) NOT NULL,
    address VARCHAR(300) NOT NULL, status VARCHAR(12) NOT NULL, payment VARCHAR(12) NOT NULL, updated_at DATETIME(3) NOT NULL,
    KEY status (status, updated_at), KEY updated_at (updated_at))`,
      ],
    },
  ],
  handlers: {
    async OrderPlaced({ data, occurredAt }, { tx }) {
      const { orderId, customerName, fishName, qty, telephone, address } = data;
      const row = {
        orderId,
        customerName,
        fishName,
        qty,
        telephone,
        address,
        status: "PAID" as const,
        payment: "AUTHORIZED" as const,
        updatedAt: new Date(occurredAt),
      };
      const known = await tx.selectFrom("myPages").select("orderId").where("orderId", "=", orderId).executeTakeFirst();
      if (known === undefined) await tx.insertInto("myPages").values(row).execute();
    },
    PayApproved: (event, work) =>
      fold(work, event, (row) => (row.payment === "AUTHORIZED" ? { payment: "APPROVED" } : {})),
    PayCanceled: (event, work) => fold(work, event, () => ({ payment: "REFUNDED" })),
    OrderTaken: to("TAKEN"),
    OrderPrepared: to("PREPARED"),
    DeliveryStarted: to("DELIVERING"),
    DeliveryCompleted: to("DELIVERED"),
    OrderCanceled: to("CANCELING"),
    CancellationCompleted: to("CANCELED"),
  },
  routes(app, kit) {
    const Status = Type.Enum(ORDER_STATES);
    const Query = Type.Object({ ...PageQuery, status: Type.Optional(Status) }, { additionalProperties: false });
    const ByStatus = Type.Object({ ...PageQuery, status: Status }, { additionalProperties: false });
    const response = { 200: pageOf(MyPage) };
    app.get("/myPages", { schema: { querystring: Query, response } }, ({ query }) => list(kit, query));
    app.get("/myPages/search/findByStatus", { schema: { querystring: ByStatus, response } }, ({ query }) =>
      list(kit, query),
    );
    app.get(
      "/myPages/:id",
      { schema: { params: Type.Object({ id: Id }), response: { 200: MyPage } } },
      async ({ params }) => {
        const row = await kit.db.selectFrom("myPages").selectAll().where("orderId", "=", params.id).executeTakeFirst();
        if (row === undefined) throw notFound("order");
        return row;
      },
    );
  },
});
