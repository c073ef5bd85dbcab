import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Details, type events, Id } from "./events.ts";
import { ORDER_STATES } from "./states.ts";

export const Order = Type.Object({
  orderId: Id,
  ...Details.properties,
  status: Type.Enum(ORDER_STATES),
  paymentId: Id,
  amount: Type.Integer(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

export interface OrderTables {
  /** The last three columns: who has confirmed the cancellation (0 or 1). */
  orders: Static<typeof Order> & { payCanceled: number; storeCanceled: number; deliveryCanceled: number };
  /** Attempts to place an order. An OPEN one is a payment under way; it is no order and is in no list. */
  placements: {
    idempotencyKey: string;
    requestHash: string;
    orderId: string;
    state: "OPEN" | "CONFIRMED" | "DECLINED" | "ABANDONED";
    reason: string | null;
    createdAt: Date;
  };
}

export type OrderEvents = "OrderPlaced" | "OrderAbandoned" | "OrderCanceled" | "CancellationCompleted";
export type OrderWork = Work<OrderTables, typeof events, OrderEvents>;

export const orderMigrations: readonly Migration[] = [
  {
    name: "order-1",
    statements: [
      `CREATE TABLE IF NOT EXISTS orders (
      order_id CHAR(36) PRIMARY KEY, customer_name VARCHAR(100) NOT NULL, fish_name VARCHAR(100) NOT NULL, qty INT NOT NULL, telephone VARCHAR(12) NOT NULL,
      address VARCHAR(300) NOT NULL, status VARCHAR(12) NOT NULL, payment_id CHAR(36) NOT NULL, amount INT NOT NULL,
      pay_canceled TINYINT NOT NULL DEFAULT 0, store_canceled TINYINT NOT NULL DEFAULT 0, delivery_canceled TINYINT NOT NULL DEFAULT 0,
      created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL, KEY status (status, created_at), KEY created_at (created_at))`,
      `CREATE TABLE IF NOT EXISTS placements (
      idempotency_key VARCHAR(100) PRIMARY KEY, request_hash CHAR(64) NOT NULL, order_id CHAR(36) NOT NULL UNIQUE, state VARCHAR(10) NOT NULL,
      reason VARCHAR(300), created_at DATETIME(3) NOT NULL, KEY state (state, created_at))`,
    ],
  },
];
