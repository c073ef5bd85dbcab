import { randomUUID } from "node:crypto";
import Type, { type Static } from "typebox";
import { EarlyEvent } from "../../../runtime/events/inbox.ts";
import { pageOf, PageQuery, readPage } from "../../../runtime/http/paging.ts";
import { conflict, notFound, Refusal } from "../../../runtime/http/refusal.ts";
import { runService } from "../../../runtime/service.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { events, Id } from "./events.ts";
import { paymentContract } from "./payment-contract.ts";
import { decide } from "./payment-decision.ts";
import { PAYMENT_STATES } from "./states.ts";

const Payment = Type.Object({
  ...paymentContract.response.properties,
  status: Type.Enum(PAYMENT_STATES),
  reason: Type.Union([Type.String(), Type.Null()]),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

interface Tables {
  payments: Static<typeof Payment>;
}
type Payments = Work<Tables, typeof events, "PayApproved" | "PayCanceled">;

async function find({ tx }: Payments, orderId: string) {
  return tx.selectFrom("payments").selectAll().where("orderId", "=", orderId).forUpdate().executeTakeFirst();
}

async function insert(
  { tx }: Payments,
  payment: Pick<Static<typeof Payment>, "orderId" | "amount" | "status" | "reason">,
) {
  const row = { ...payment, paymentId: randomUUID(), createdAt: new Date(), updatedAt: new Date() };
  await tx.insertInto("payments").values(row).execute();
  return row;
}

async function setStatus({ tx }: Payments, orderId: string, status: Static<typeof Payment>["status"]) {
  await tx.updateTable("payments").set({ status, updatedAt: new Date() }).where("orderId", "=", orderId).execute();
}

/** The one decision about an order's payment: asked again, it is the same. */
async function authorise(work: Payments, request: Static<typeof paymentContract.request>) {
  const known = await find(work, request.orderId);
  const { amount, reason } = decide(request.qty);
  const payment =
    known ??
    (await insert(work, {
      orderId: request.orderId,
      amount,
      reason,
      status: reason === null ? "AUTHORIZED" : "DECLINED",
    }));
  if (payment.status === "VOIDED" || payment.status === "CANCELED")
    throw conflict("This order was given up before its payment.");
  return payment;
}

await runService<Tables, typeof events, "PayApproved" | "PayCanceled">({
  events,
  correlationKey: "orderId",
  migrations: [
    {
      name: "payment-1",
      statements: [
        `CREATE TABLE IF NOT EXISTS payments (
    order_id CHAR(36) PRIMARY KEY, payment_id CHAR(36) NOT NULL UNIQUE, amount INT NOT NULL, status VARCHAR(12) NOT NULL, reason VARCHAR(300),
    created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL, KEY created_at (created_at))`,
      ],
    },
  ],
  handlers: {
    async OrderPlaced({ data }, work) {
      const payment = await find(work, data.orderId);
      if (payment === undefined) throw new EarlyEvent("an order without a payment");
      if (payment.status !== "AUTHORIZED") return;
      await setStatus(work, data.orderId, "APPROVED");
      await work.emit("PayApproved", data);
    },
    async OrderAbandoned({ data }, work) {
      const payment = await find(work, data.orderId);
      // Written even where nothing was authorised yet: it refuses the request that may still be on its way.
      if (payment === undefined)
        await insert(work, { orderId: data.orderId, amount: 0, status: "VOIDED", reason: data.reason });
      else if (payment.status === "AUTHORIZED") await setStatus(work, data.orderId, "VOIDED");
    },
    async OrderCanceled({ data: { orderId } }, work) {
      const payment = await find(work, orderId);
      if (payment === undefined) throw new EarlyEvent("a cancelled order without a payment");
      await setStatus(work, orderId, "CANCELED");
      await work.emit("PayCanceled", { orderId, paymentId: payment.paymentId, amount: payment.amount });
    },
  },
  routes(app, { db, transact }) {
    app.post(
      "/payments",
      { schema: { body: paymentContract.request, response: { 201: Payment } } },
      async ({ body }, reply) => {
        const payment = await transact((work) => authorise(work, body));
        if (payment.status === "DECLINED") throw new Refusal(402, "declined", payment.reason ?? "declined");
        return reply.code(201).send(payment);
      },
    );
    const Query = Type.Object({ ...PageQuery, orderId: Type.Optional(Id) }, { additionalProperties: false });
    app.get("/payments", { schema: { querystring: Query, response: { 200: pageOf(Payment) } } }, async ({ query }) => {
      const { orderId } = query;
      const found =
        orderId === undefined ? db.selectFrom("payments") : db.selectFrom("payments").where("orderId", "=", orderId);
      return readPage(query, found.selectAll(), { time: "createdAt", id: "orderId" });
    });
    app.get(
      "/payments/:id",
      { schema: { params: Type.Object({ id: Id }), response: { 200: Payment } } },
      async ({ params }) => {
        const payment = await db
          .selectFrom("payments")
          .selectAll()
          .where("paymentId", "=", params.id)
          .executeTakeFirst();
        if (payment === undefined) throw notFound("payment");
        return payment;
      },
    );
  },
});
