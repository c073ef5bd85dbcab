import { createHash, randomUUID } from "node:crypto";
import { Value } from "typebox/value";
import { CalleeUnavailable, tryLater } from "../../../runtime/http/edge.ts";
import { Refusal, unavailable } from "../../../runtime/http/refusal.ts";
import { shortened } from "../../../runtime/process/shortened.ts";
import type { Kit } from "../../../runtime/service.ts";
import { type Details, type events, REASON_LENGTH } from "./events.ts";
import { paymentContract } from "./payment-contract.ts";
import type { OrderEvents, OrderTables, OrderWork } from "./order-rows.ts";

export type OrderKit = Kit<OrderTables, typeof events, OrderEvents>;
type OrderRow = OrderTables["orders"];
type Decision = { paymentId: string; amount: number } | { declined: string };

/** A payment takes two seconds at most; whatever is still open after this belongs to a process that died. */
const ABANDON_AFTER_MS = 30_000;
/** In these cases the call never left this process. */
const NEVER_SENT = new Set(["circuit_open", "bulkhead_full"]);

/**
 * Places an order: an order row exists only after payment said yes, and a yes without an order row is taken back.
 * The placement row decides: it is either confirmed together with the order, or abandoned together with the event that voids the payment.
 */
export async function placeOrder(
  kit: OrderKit,
  details: Details,
  idempotencyKey: string | undefined,
): Promise<OrderRow> {
  const opened = await kit.transact((work) => open(work, details, idempotencyKey));
  if ("order" in opened) return opened.order;
  const { orderId } = opened;
  const decision = await askPayment(kit, orderId, details);
  if ("declined" in decision) {
    await kit.transact(({ tx }) =>
      tx
        .updateTable("placements")
        .set({ state: "DECLINED", reason: decision.declined })
        .where("orderId", "=", orderId)
        .execute(),
    );
    throw new Refusal(402, "payment_declined", decision.declined);
  }
  return kit.transact((work) => confirm(work, orderId, details, decision));
}

/** Gives up placements whose process died between payment and commit. */
export async function abandonForgotten(kit: OrderKit, now = Date.now()): Promise<void> {
  const forgotten = await kit.db
    .selectFrom("placements")
    .select("orderId")
    .where("state", "=", "OPEN")
    .where("createdAt", "<", new Date(now - ABANDON_AFTER_MS))
    .limit(50)
    .execute();
  const failures: unknown[] = [];
  for (const { orderId } of forgotten)
    await kit
      .transact((work) => abandon(work, orderId, "the order was not completed in time"))
      .catch((error: unknown) => failures.push(error));
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${forgotten.length} placements could not be given up`);
}

async function open(
  { tx }: OrderWork,
  details: Details,
  key: string | undefined,
): Promise<{ orderId: string } | { order: OrderRow }> {
  const orderId = randomUUID();
  const requestHash = createHash("sha256")
    .update(JSON.stringify(Object.entries(details).sort()))
    .digest("hex");
  const fresh = { orderId, requestHash, state: "OPEN" as const, reason: null, createdAt: new Date() };
  const known =
    key === undefined
      ? undefined
      : await tx.selectFrom("placements").selectAll().where("idempotencyKey", "=", key).forUpdate().executeTakeFirst();
  if (known === undefined) {
    await tx
      .insertInto("placements")
      .values({ idempotencyKey: key ?? orderId, ...fresh })
      .execute();
    return { orderId };
  }
  if (known.requestHash !== requestHash)
    throw new Refusal(422, "idempotency_key_reused", "This Idempotency-Key was used for a different order.");
  if (known.state === "DECLINED") throw new Refusal(402, "payment_declined", known.reason ?? "declined");
  if (known.state === "OPEN")
    throw new Refusal(409, "in_progress", "The same order is being placed at this moment.", 1);
  if (known.state === "CONFIRMED")
    return {
      order: await tx.selectFrom("orders").selectAll().where("orderId", "=", known.orderId).executeTakeFirstOrThrow(),
    };
  await tx.updateTable("placements").set(fresh).where("orderId", "=", known.orderId).execute();
  return { orderId };
}

async function askPayment(kit: OrderKit, orderId: string, { customerName, fishName, qty }: Details): Promise<Decision> {
  const payment = kit.edge("payment");
  try {
    const { status, body } = await payment.call({
      method: "POST",
      path: "/payments",
      body: { orderId, customerName, fishName, qty },
      idempotent: true,
    });
    if (status === 201 && Value.Check(paymentContract.response, body))
      return { paymentId: body.paymentId, amount: body.amount };
    if (status === 402) return { declined: shortened(String((body as { detail?: unknown }).detail), REASON_LENGTH) };
    throw new CalleeUnavailable("payment", "client_error");
  } catch (error) {
    if (!(error instanceof CalleeUnavailable)) throw error;
    // Without an answer, payment may have said yes; the sweeper does the same where we cannot.
    await kit.transact((work) => abandon(work, orderId, "payment gave no answer", !NEVER_SENT.has(error.outcome)));
    throw tryLater(error, payment.settings);
  }
}

async function confirm(
  { tx, emit }: OrderWork,
  orderId: string,
  details: Details,
  payment: { paymentId: string; amount: number },
): Promise<OrderRow> {
  const { numUpdatedRows } = await tx
    .updateTable("placements")
    .set({ state: "CONFIRMED" })
    .where("orderId", "=", orderId)
    .where("state", "=", "OPEN")
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw unavailable("The order took too long and was given up; please try again.", 1);
  const now = new Date();
  const order = {
    orderId,
    ...details,
    ...payment,
    status: "PAID" as const,
    payCanceled: 0,
    storeCanceled: 0,
    deliveryCanceled: 0,
    createdAt: now,
    updatedAt: now,
  };
  await tx.insertInto("orders").values(order).execute();
  await emit("OrderPlaced", { orderId, ...details, ...payment });
  return order;
}

async function abandon({ tx, emit }: OrderWork, orderId: string, reason: string, tell = true): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("placements")
    .set({ state: "ABANDONED", reason })
    .where("orderId", "=", orderId)
    .where("state", "=", "OPEN")
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 1n && tell) await emit("OrderAbandoned", { orderId, reason });
}
