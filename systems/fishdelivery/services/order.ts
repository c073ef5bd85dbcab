import Type from "typebox";
import { EarlyEvent } from "../../../runtime/events/inbox.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { conflict, notFound } from "../../../runtime/http/refusal.ts";
import type { Http } from "../../../runtime/http/http.ts";
import { shortened } from "../../../runtime/process/shortened.ts";
import { runService } from "../../../runtime/service.ts";
import { Details, events, Id, REASON_LENGTH } from "./events.ts";
import { Order, type OrderEvents, orderMigrations, type OrderTables, type OrderWork } from "./order-rows.ts";
import { abandonForgotten, type OrderKit, placeOrder } from "./placing.ts";
import { advance, cancelOutcome, ORDER_STATES, type OrderState } from "./states.ts";

async function find({ tx }: OrderWork, orderId: string) {
  return tx.selectFrom("orders").selectAll().where("orderId", "=", orderId).forUpdate().executeTakeFirst();
}

async function progress(work: OrderWork, orderId: string, news: OrderState) {
  const order = await find(work, orderId);
  if (order === undefined) throw new EarlyEvent(`order ${orderId} is not here yet`);
  const status = advance(order.status, news);
  if (status !== order.status)
    await work.tx.updateTable("orders").set({ status, updatedAt: new Date() }).where("orderId", "=", orderId).execute();
}

/** Begins the cancellation: every participant undoes its part and confirms. */
async function cancel(work: OrderWork, orderId: string, reason: string) {
  const order = await find(work, orderId);
  if (order === undefined) return undefined;
  const outcome = cancelOutcome(order.status);
  if (outcome !== "cancel") return { order, outcome };
  const change = { status: "CANCELING" as const, updatedAt: new Date() };
  await work.tx.updateTable("orders").set(change).where("orderId", "=", orderId).execute();
  const { customerName, fishName, qty, telephone, address } = order;
  await work.emit("OrderCanceled", { orderId, customerName, fishName, qty, telephone, address, reason });
  return { order: { ...order, ...change }, outcome };
}

async function confirmCancel(
  work: OrderWork,
  orderId: string,
  part: "payCanceled" | "storeCanceled" | "deliveryCanceled",
) {
  const found = await find(work, orderId);
  if (found === undefined) throw new EarlyEvent(`order ${orderId} is not here yet`);
  const order = { ...found, [part]: 1 };
  const complete = order.payCanceled + order.storeCanceled + order.deliveryCanceled === 3;
  const status = complete ? ("CANCELED" as const) : order.status;
  await work.tx
    .updateTable("orders")
    .set({ [part]: 1, status, updatedAt: new Date() })
    .where("orderId", "=", orderId)
    .execute();
  if (complete && found.status !== "CANCELED") await work.emit("CancellationCompleted", { orderId });
}

const One = { params: Type.Object({ id: Id }) };

function placeRoute(app: Http, kit: OrderKit): void {
  const NewOrder = Type.Object(Details.properties, { additionalProperties: false });
  const Headers = Type.Object({ "idempotency-key": Type.Optional(Type.String({ minLength: 1, maxLength: 100 })) });
  app.post(
    "/orders",
    { schema: { body: NewOrder, headers: Headers, response: { 201: Order } } },
    async ({ body, headers }, reply) => reply.code(201).send(await placeOrder(kit, body, headers["idempotency-key"])),
  );
}

function readRoutes(app: Http, { db }: OrderKit): void {
  const Status = Type.Optional(Type.Enum(ORDER_STATES));
  const Query = Type.Object({ ...PageQuery, status: Status }, { additionalProperties: false });
  app.get("/orders", { schema: { querystring: Query, response: { 200: pageOf(Order) } } }, async ({ query }) => {
    const { status } = query;
    const found = status === undefined ? db.selectFrom("orders") : db.selectFrom("orders").where("status", "=", status);
    return readPage(query, found.selectAll(), { time: "createdAt", id: "orderId" });
  });
  app.get("/orders/:id", { schema: { ...One, response: { 200: Order } } }, async ({ params }) => {
    const order = await db.selectFrom("orders").selectAll().where("orderId", "=", params.id).executeTakeFirst();
    if (order === undefined) throw notFound("order");
    return order;
  });
}

function cancelRoutes(app: Http, { transact }: OrderKit): void {
  const cancelNow = async (orderId: string) => {
    const canceled = await transact((work) => cancel(work, orderId, "the customer cancelled"));
    if (canceled === undefined) throw notFound("order");
    if (canceled.outcome === "refuse") throw conflict("The order is delivered already and can no longer be cancelled.");
    return canceled.order;
  };
  const Change = Type.Object({ status: Type.Literal("CANCELED") }, { additionalProperties: false });
  app.patch("/orders/:id", { schema: { ...One, body: Change, response: { 202: Order } } }, async ({ params }, reply) =>
    reply.code(202).send(await cancelNow(params.id)),
  );
  app.delete("/orders/:id", { schema: { ...One, response: { 202: Order } } }, async ({ params }, reply) =>
    reply.code(202).send(await cancelNow(params.id)),
  );
}

await runService<OrderTables, typeof events, OrderEvents>({
  calls: ["payment"],
  events,
  correlationKey: "orderId",
  migrations: orderMigrations,
  handlers: {
    OrderTaken: ({ key }, work) => progress(work, key, "TAKEN"),
    OrderPrepared: ({ key }, work) => progress(work, key, "PREPARED"),
    DeliveryStarted: ({ key }, work) => progress(work, key, "DELIVERING"),
    DeliveryCompleted: ({ key }, work) => progress(work, key, "DELIVERED"),
    OrderRefused: async ({ data }, work) => {
      await cancel(work, data.orderId, shortened(`the store refused: ${data.reason}`, REASON_LENGTH));
    },
    DeliveryFailed: async ({ data }, work) => {
      await cancel(work, data.orderId, shortened(`the delivery failed: ${data.reason}`, REASON_LENGTH));
    },
    PayCanceled: ({ key }, work) => confirmCancel(work, key, "payCanceled"),
    StoreCanceled: ({ key }, work) => confirmCancel(work, key, "storeCanceled"),
    DeliveryCanceled: ({ key }, work) => confirmCancel(work, key, "deliveryCanceled"),
  },
  every: [{ ms: 5000, run: abandonForgotten }],
  routes(app, kit) {
    placeRoute(app, kit);
    readRoutes(app, kit);
    cancelRoutes(app, kit);
  },
});
