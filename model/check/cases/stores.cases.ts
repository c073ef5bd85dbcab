import type { System } from "../../system.ts";
import type { Service } from "../../words/service.ts";
import type { Migration, Store, Use } from "../../words/store.ts";
import { type Case, sound, withForeign, withService, withStore } from "./sound.ts";

const postgres: Store = { kind: "postgres", keeps: "every write" };
const withExisting = (change: object) => withStore("queue", { kind: "amqp", existing: "shop-queue", ...change });
/** The foreign service with a PostgreSQL of its own. */
const using = (use: Use, migration?: Migration, more: Partial<Service> = {}): System => ({
  ...withForeign({
    uses: { cache: { may: "write" }, offers: use },
    ...(migration ? { migration } : {}),
    ...more,
  }),
  stores: { ...sound.stores, offers: postgres },
});
const itself = { itself: "a test" };

/** Stores, who uses them and who changes their tables. */
export const STORES: readonly Case[] = [
  ["store-name-taken", withStore("payment", postgres), /payment.*a service too/],
  ["store-name-taken", withStore("kafka", { kind: "redis", keeps: "nothing" }), /kafka.*the brokers/],
  ["store-name-taken", withStore("self", postgres), /self.*a fact calls its own reader/],
  ["store-unused", { ...sound, stores: { ...sound.stores, attic: postgres } }, /no service/],
  ["database-name", withStore("offers", { ...postgres, database: "Offers!" }), /Offers!/],
  ["database-taken", withStore("offers", { ...postgres, database: "template1" }), /template1/],
  ["database-twice", withStore("offers", { kind: "mysql", keeps: "nothing", database: "rows" }), /"rows" has too/],
  ["database-of-kind", withStore("hot", { kind: "redis", keeps: "nothing", database: "hot" }), /redis/],
  ["extensions-of-kind", withStore("hot", { kind: "mariadb", keeps: "nothing", extensions: ["vector"] }), /mariadb/],
  ["extension-name", withStore("offers", { ...postgres, extensions: ["vector; DROP"] }), /DROP/],
  ["partitions-of-kind", withStore("offers", { ...postgres, partitions: 3 }), /postgres/],
  ["store-partitions", withStore("news", { kind: "topic", keeps: "nothing", partitions: 0 }), /0/],
  ["topic-name", withStore("news", { kind: "topic", keeps: "nothing", database: "the news" }), /the news/],
  ["topic-twice", withStore("news", { kind: "topic", keeps: "nothing", database: "shop.order" }), /shop\.order/],
  ["existing-kind", withExisting({ kind: "Rabbit MQ" }), /Rabbit MQ/],
  ["existing-setting", withExisting({ existing: "queue.example.com:5672" }), /5672/],
  [
    "existing-setting",
    withExisting({ existing: "amqp://shop:secret@queue.example.com" }),
    /^"amqp:\/\/…@queue\.example\.com"$/,
  ],
  ["existing-database", withExisting({ database: "a b" }), /a b/],
  ["password-without-user", withExisting({ password: "queue-password" }), /password/],
  ["unknown-store", withForeign({ uses: { cach: { may: "write" } } }), /cach/],
  ["change-of-kind", withForeign({ uses: { cache: { may: "change" } } }), /redis/],
  ["pool-size", withForeign({ uses: { cache: { may: "write", pool: 0 } } }), /0/],
  ["shared-missing", withService("payment", { uses: { rows: { may: "read" } } }), /order uses the store too/],
  [
    "two-changers",
    {
      ...using({ may: "change" }, itself),
      services: {
        ...using({ may: "change" }, itself).services,
        tidy: {
          ...sound.services["tidy"],
          uses: { offers: { may: "change", shared: "a test" } },
          migration: { run: ["x"] },
        } as never,
      },
    },
    /"change" of tidy, beside "prices"/,
  ],
  ["kit-without-database", withService("payment", { uses: {} }), /no store/],
  [
    "kit-without-database",
    withService("payment", { uses: { cache: { may: "write", shared: "a test" } } }),
    /"cache", none of them a database/,
  ],
  ["change-without-migration", using({ may: "change" }), /offers/],
  ["migration-without-store", withForeign({ migration: { run: ["migrate"] } }), /no store/],
  ["itself-without-change", using({ may: "write" }, itself), /without the right/],
  ["migration-ends-within", using({ may: "write" }, { run: ["up"], endsWithin: "3d" }), /3d/],
  ["migration-run", using({ may: "write" }, { run: [] }), /no command/],
  ["migration-beside-change", using({ may: "change" }, { run: ["migrate"] }), /may change "offers"/],
];
