import type { Kysely } from "kysely";
import { type ConnectionOptions, createConnection } from "mysql2/promise";
import Type from "typebox";
import { openDatabase } from "../database/database.ts";
import { type KitTables, kitMigrations } from "../database/kit-tables.ts";
import { migrate } from "../database/migrate.ts";
import type { Broker } from "../events/broker.ts";
import { createCodec, type Event } from "../events/envelope.ts";
import { EarlyEvent, type Inbox } from "../events/inbox.ts";
import { type IncomingRecord, incomingRecord, type OutgoingRecord, textRecord } from "../events/record.ts";
import { createTransact, type Transact } from "../events/unit-of-work.ts";
import { createLog } from "../process/log.ts";
import type { DatabaseSettings } from "../process/settings.ts";
import { startMariaDb } from "./lab.ts";
import { startPostgres } from "./lab-postgres.ts";

interface Tables extends KitTables {
  effects: { orderId: string; what: string };
}

const events = { Placed: Type.Object({ orderId: Type.String() }), Taken: Type.Object({ orderId: Type.String() }) };
type Name = keyof typeof events;

const ownTables = {
  name: "lab-1",
  statements: ["CREATE TABLE IF NOT EXISTS effects (order_id VARCHAR(36) NOT NULL, what VARCHAR(20) NOT NULL)"],
};

type Engine = DatabaseSettings["engine"];
/** Engines that the kit speaks with, as people write them. */
export const ENGINES = { mariadb: "MariaDB", postgres: "PostgreSQL" } as const;
const PASSWORD = "not-asked-for-here";

type Transaction = Transact<Tables, typeof events, Name>;
type Change = Partial<Parameters<typeof textRecord>[1]> & { readonly topic?: string };

const log = createLog({ service: "test", version: "0", logLevel: "silent" });
const codec = createCodec(events, "orderId");

/** Outbox and inbox of a service on a real database, beside a broker that only takes note. */
export type MessagingLab = Awaited<ReturnType<typeof startMessagingLab>>;

/** Starts it with empty tables; throws NotInstalled where there is no server of that engine. */
export async function startMessagingLab(engine: Engine) {
  const server = engine === "postgres" ? await startPostgres(PASSWORD) : await startMariaDb();
  const db = await openLabDatabase(engine, server.port);
  const kit = db as unknown as Kysely<KitTables>;
  const broker = notingBroker();
  const transact = createTransact<Tables, typeof events, Name>(db, codec, () => undefined);
  const parts = { db: kit, broker, codec, service: "me", log, stopping: new AbortController().signal };
  const inbox: Inbox = {
    ...parts,
    handles: () => true,
    wakeRetries: () => undefined,
    apply: (event, first) => handle(transact, event, first),
  };
  return {
    ...{ db, kit, broker, transact, inbox, log },
    record: (type: Name, orderId: string, change: Change = {}) => recordOf(codec.encode(type, { orderId }), change),
    effects: async () =>
      (await db.selectFrom("effects").selectAll().execute()).map(({ orderId, what }) => `${orderId} ${what}`),
    async clear() {
      broker.published.length = 0;
      broker.fails = () => false;
      for (const table of ["outbox", "inbox", "parked", "effects"] as const) await db.deleteFrom(table).execute();
    },
    async close() {
      await db.destroy();
      await server.stop();
    },
  };
}

async function openLabDatabase(engine: Engine, port: number): Promise<Kysely<Tables>> {
  const login = { host: "127.0.0.1", port, user: "postgres", password: PASSWORD };
  if (engine === "mariadb") await prepareMariaDb(login);
  const name = engine === "mariadb" ? "lab" : "postgres";
  const settings = { ...login, engine, name, pool: 4, tls: "off" as const };
  // Twice at once, as two migration jobs may.
  await Promise.all([1, 2].map(() => migrate(settings, [...kitMigrations(settings.engine), ownTables], log)));
  return openDatabase<Tables>(settings, log);
}

async function prepareMariaDb(login: ConnectionOptions): Promise<void> {
  const connection = await createConnection(login);
  await connection.query("CREATE DATABASE lab CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
  await connection.query("SET GLOBAL sql_mode = ''"); // a server that cuts what does not fit, unless it is told otherwise
  await connection.end();
}

/** Writes down each event; `Taken` needs `Placed` first, and what an order called "cursed" asks for always fails. */
function handle(transact: Transaction, { data, eventType }: Event, first: (tx: Kysely<KitTables>) => Promise<boolean>) {
  return transact(async ({ tx }) => {
    if (!(await first(tx as unknown as Kysely<KitTables>))) return "duplicate" as const;
    const { orderId } = data as { orderId: string };
    const placed = await tx.selectFrom("effects").selectAll().where("orderId", "=", orderId).executeTakeFirst();
    if (eventType === "Taken" && placed === undefined) throw new EarlyEvent("not placed yet");
    if (orderId === "cursed") throw new Error("the handler is broken");
    if (orderId === "refused") throw Object.assign(new Error("as if the database were away"), { code: "ECONNREFUSED" });
    await tx.insertInto("effects").values({ orderId, what: eventType }).execute();
    return "handled" as const;
  });
}

function recordOf(
  { event, value }: { event: Event; value: string },
  { topic = `shop.${event.eventType}`, ...change }: Change,
): IncomingRecord & { readonly event: Event } {
  const raw = textRecord(topic, { key: event.key, value, headers: {}, ...change });
  return { ...incomingRecord({ topic, partition: 0, offset: 7n }, raw), event };
}

function notingBroker(): Broker & { readonly published: IncomingRecord[]; fails: (record: OutgoingRecord) => boolean } {
  const broker = {
    published: [] as IncomingRecord[],
    fails: (_record: OutgoingRecord) => false,
    publish: async (records: readonly OutgoingRecord[]) => {
      if (records.some((record) => broker.fails(record))) throw new Error("broker down");
      broker.published.push(
        ...records.map((record) => incomingRecord({ topic: record.topic, partition: 0, offset: 0n }, record)),
      );
    },
    subscribe: () => undefined,
    unsubscribe: async () => undefined,
    lag: async () => [],
    close: async () => undefined,
  };
  return broker;
}
