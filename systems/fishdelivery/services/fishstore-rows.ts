import Type, { type Static } from "typebox";
import type { Migration } from "../../../runtime/database/migrate.ts";
import type { Work } from "../../../runtime/events/unit-of-work.ts";
import { Timestamp } from "../../../runtime/process/timestamp.ts";
import { Details, type events, Id } from "./events.ts";
import { STORE_STATES } from "./states.ts";

export const StoreOrder = Type.Object({
  fishOrderId: Id,
  orderId: Id,
  ...Details.properties,
  status: Type.Enum(STORE_STATES),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

export interface StoreTables {
  storeOrders: Static<typeof StoreOrder>;
}
export type StoreEvents = "OrderTaken" | "OrderPrepared" | "OrderRefused" | "StoreCanceled";
export type StoreWork = Work<StoreTables, typeof events, StoreEvents>;

export const storeMigrations: readonly Migration[] = [
  {
    name: "fishstore-1",
    statements: [
      `CREATE TABLE IF NOT EXISTS store_orders (
    fish_order_id CHAR(36) PRIMARY KEY, order_id CHAR(36) NOT NULL UNIQUE, customer_name VARCHAR(100) NOT NULL, fish_name VARCHAR(100) NOT NULL, qty INT NOT NULL,
    telephone VARCHAR(12) NOT NULL, address VARCHAR(300) NOT NULL, status VARCHAR(12) NOT NULL, created_at DATETIME(3) NOT NULL, updated_at DATETIME(3) NOT NULL,
    KEY status (status, created_at), KEY created_at (created_at))`,
    ],
  },
];
