import { randomUUID } from "node:crypto";
import Type, { type Static } from "typebox";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { conflict, notFound } from "../../../runtime/http/refusal.ts";
import { runService } from "../../../runtime/service.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Details, events, Id } from "./events.ts";
import { DELIVERY_STATES, type DeliveryState } from "./states.ts";

const Delivery = Type.Object({
  deliveryId: Id,
  orderId: Id,
  ...Details.properties,
  status: Type.Enum(DELIVERY_STATES),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

interface Tables {
  deliveries: Static<typeof Delivery>;
}
type Published = "DeliveryStarted" | "DeliveryCompleted" | "DeliveryFailed" | "DeliveryCanceled";
type DeliveryWork = Work<Tables, typeof events, Published>;

async function findByOrder({ tx }: DeliveryWork, orderId: string) {
  return tx.selectFrom("deliveries").selectAll().where("orderId", "=", orderId).forUpdate().executeTakeFirst();
}

async function insert({ tx }: DeliveryWork, orderId: string, details: Details, status: DeliveryState) {
  const { customerName, fishName, qty, telephone, address } = details;
  const row = {
    deliveryId: randomUUID(),
    orderId,
    customerName,
    fishName,
    qty,
    telephone,
    address,
    status,
    createdAt: new Date(),
    updatedAt: new Date(),
  };
  await tx.insertInto("deliveries").values(row).execute();
  return row;
}

async function setStatus({ tx }: DeliveryWork, deliveryId: string, status: DeliveryState) {
  await tx
    .updateTable("deliveries")
    .set({ status, updatedAt: new Date() })
    .where("deliveryId", "=", deliveryId)
    .execute();
}

/** The rider's news about a delivery under way; the same news again changes nothing. */
async function finish(work: DeliveryWork, deliveryId: string, status: "DELIVERED" | "FAILED", reason: string) {
  const row = await work.tx
    .selectFrom("deliveries")
    .selectAll()
    .where("deliveryId", "=", deliveryId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("delivery");
  if (row.status === status) return row;
  if (row.status !== "DELIVERING") throw conflict(`A delivery that is ${row.status} cannot become ${status}.`);
  await setStatus(work, deliveryId, status);
  if (status === "DELIVERED") await work.emit("DeliveryCompleted", { orderId: row.orderId, deliveryId });
  else await work.emit("DeliveryFailed", { orderId: row.orderId, deliveryId, reason });
  return { ...row, status, updatedAt: new Date() };
}

await runService<Tables, typeof events, Published>({
  events,
  correlationKey: "orderId",
  migrations: [
    {
      name: "delivery-1",
      statements: [
        `CREATE TABLE IF NOT EXISTS deliveries (
    delivery_id CHAR(36) PRIMARY KEY, order_id CHAR(36) NOT NULL UNIQUE, customer_name VARCHAR(100) NOT NULL, fish_name VARCHAR(100) NOT NULL, qty INT NOT NULL,
    telephone VARCHAR(12) NOT NULL, address VARCHAR(300) NOT NULL, status VARCHAR(12) NOT NULL, created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL,
    KEY created_at (created_at))`,
      ],
    },
  ],
  handlers: {
    async OrderPrepared({ data }, work) {
      // A row can be there already: the cancellation travels on another topic and may have come first.
      if ((await findByOrder(work, data.orderId)) !== undefined) return;
      const { deliveryId, orderId } = await insert(work, data.orderId, data, "DELIVERING");
      await work.emit("DeliveryStarted", { orderId, deliveryId });
    },
    async OrderCanceled({ data }, work) {
      const row = (await findByOrder(work, data.orderId)) ?? (await insert(work, data.orderId, data, "CANCELED"));
      await setStatus(work, row.deliveryId, "CANCELED");
      await work.emit("DeliveryCanceled", {
        orderId: row.orderId,
        deliveryId: row.deliveryId,
        handedOver: row.status === "DELIVERED",
      });
    },
  },
  routes(app, { db, transact }) {
    const One = { params: Type.Object({ id: Id }) };
    const Query = Type.Object({ ...PageQuery, orderId: Type.Optional(Id) }, { additionalProperties: false });
    app.get(
      "/deliveries",
      { schema: { querystring: Query, response: { 200: pageOf(Delivery) } } },
      async ({ query }) => {
        const { orderId } = query;
        const found =
          orderId === undefined
            ? db.selectFrom("deliveries")
            : db.selectFrom("deliveries").where("orderId", "=", orderId);
        return readPage(query, found.selectAll(), { time: "createdAt", id: "deliveryId" });
      },
    );
    app.get("/deliveries/:id", { schema: { ...One, response: { 200: Delivery } } }, async ({ params }) => {
      const row = await db.selectFrom("deliveries").selectAll().where("deliveryId", "=", params.id).executeTakeFirst();
      if (row === undefined) throw notFound("delivery");
      return row;
    });
    const Change = Type.Object(
      {
        status: Type.Enum(["DELIVERED", "FAILED"]),
        reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      },
      { additionalProperties: false },
    );
    app.patch(
      "/deliveries/:id",
      { schema: { ...One, body: Change, response: { 200: Delivery } } },
      ({ params, body }) => transact((work) => finish(work, params.id, body.status, body.reason ?? "no reason given")),
    );
  },
});
