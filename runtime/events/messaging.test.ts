import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Kysely } from "kysely";
import { createConnection } from "mysql2/promise";
import Type from "typebox";
import type { IncomingRecord, OutgoingRecord } from "./broker.ts";
import { consume } from "./consume.ts";
import { openDatabase } from "../database/database.ts";
import { createCodec, type Event } from "./envelope.ts";
import { EarlyEvent, type Inbox } from "./inbox.ts";
import { type KitTables, kitMigrations } from "../database/kit-tables.ts";
import { type LabServer, NotInstalled, startMariaDb } from "../lab/lab.ts";
import { createLog } from "../process/log.ts";
import { migrate } from "../database/migrate.ts";
import { publishBatch } from "./relay.ts";
import { retryParked } from "./retry-parked.ts";
import { createTransact } from "./unit-of-work.ts";

interface Tables extends KitTables {
  effects: { orderId: string; what: string };
}

const log = createLog({ service: "test", version: "0", logLevel: "silent" });
const events = { Placed: Type.Object({ orderId: Type.String() }), Taken: Type.Object({ orderId: Type.String() }) };
const codec = createCodec(events, "orderId");
const stopping = new AbortController().signal;

describe("outbox and inbox on a real MariaDB", function () {
  this.timeout(60_000);
  let server: LabServer | undefined;
  let db: Kysely<Tables>;
  let kit: Kysely<KitTables>;
  let published: OutgoingRecord[] = [];
  let brokerFails = false;
  const broker = {
    publish: async (records: readonly OutgoingRecord[]) => {
      if (brokerFails) throw new Error("broker down");
      published.push(...records);
    },
    subscribe: () => undefined,
    unsubscribe: async () => undefined,
    lag: async () => [],
    close: async () => undefined,
  };
  const settings = () => ({
    host: "127.0.0.1",
    port: server?.port ?? 0,
    name: "lab",
    user: "any",
    password: "",
    pool: 4,
    tls: "off" as const,
  });

  before(async function () {
    try {
      server = await startMariaDb();
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      if (this.test?.parent) this.test.parent.title += ` (skipped: ${error.message})`;
      return this.skip();
    }
    const connection = await createConnection({ host: "127.0.0.1", port: server.port, user: "any" });
    await connection.query("CREATE DATABASE lab");
    await connection.end();
    const own = {
      name: "lab-1",
      statements: ["CREATE TABLE IF NOT EXISTS effects (order_id CHAR(36) NOT NULL, what VARCHAR(20) NOT NULL)"],
    };
    // Twice at once, as two migration jobs may.
    await Promise.all([
      migrate(settings(), [...kitMigrations, own], log),
      migrate(settings(), [...kitMigrations, own], log),
    ]);
    db = openDatabase<Tables>(settings(), log);
    kit = db as unknown as Kysely<KitTables>;
  });
  after(async () => {
    await db?.destroy();
    await server?.stop();
  });
  beforeEach(async () => {
    published = [];
    brokerFails = false;
    for (const table of ["outbox", "inbox", "parked", "effects"] as const) await db.deleteFrom(table).execute();
  });

  const transact = () => createTransact<Tables, typeof events, "Placed" | "Taken">(db, codec, () => undefined);
  const inbox = (): Inbox => ({
    db: kit,
    broker,
    codec,
    service: "me",
    log,
    stopping,
    handles: () => true,
    wakeRetries: () => undefined,
    apply: (event, first) =>
      transact()(async ({ tx }) => {
        if (!(await first(tx as unknown as Kysely<KitTables>))) return "duplicate";
        const { orderId } = event.data as { orderId: string };
        const placed = await tx.selectFrom("effects").selectAll().where("orderId", "=", orderId).executeTakeFirst();
        if (event.eventType === "Taken" && placed === undefined) throw new EarlyEvent("not placed yet");
        if (orderId === "cursed") throw new Error("the handler is broken");
        await tx.insertInto("effects").values({ orderId, what: event.eventType }).execute();
        return "handled";
      }),
  });
  const record = (
    type: "Placed" | "Taken",
    orderId: string,
    topic = `shop.${type}`,
  ): IncomingRecord & { event: Event } => {
    const { event, value } = codec.encode(type, { orderId });
    return { topic, partition: 0, offset: 7n, key: orderId, value, headers: {}, event };
  };
  const effects = async () =>
    (await db.selectFrom("effects").selectAll().execute()).map(({ orderId, what }) => `${orderId} ${what}`);
  const emit = (orderId: string) => transact()(({ emit: say }) => say("Placed", { orderId }));
  const relay = () => publishBatch(kit, broker, "shop.order", log);

  it("publishes what was committed, in order, once, with the key and the event's id", async () => {
    for (const id of ["a", "b", "c"]) await emit(id);
    await relay();
    await relay();
    assert.deepEqual(
      published.map(({ key }) => key),
      ["a", "b", "c"],
    );
    assert.equal((JSON.parse(published[0]?.value ?? "") as Event).eventId, published[0]?.headers["eventId"]);
  });

  it("publishes nothing of work that was rolled back", async () => {
    await assert.rejects(
      transact()(async (work) => {
        await work.emit("Placed", { orderId: "a" });
        throw new Error("no");
      }),
      /no/,
    );
    await relay();
    assert.deepEqual(published, []);
  });

  it("keeps events while the broker is away and publishes them when it is back", async () => {
    brokerFails = true;
    await emit("a");
    await assert.rejects(relay(), /broker down/);
    brokerFails = false;
    await relay();
    assert.equal(published.length, 1);
  });

  it("lets one replica publish at a time, so that the order is kept", async () => {
    for (let each = 0; each < 20; each += 1) await emit(String(each));
    await Promise.all([relay(), relay(), relay()]);
    assert.deepEqual(
      published.map(({ key }) => Number(key)),
      Array.from({ length: 20 }, (_, index) => index),
    );
  });

  it("applies the same event once, however often it arrives", async () => {
    const placed = record("Placed", "a");
    for (let time = 0; time < 3; time += 1) await consume(inbox(), placed);
    await Promise.all([consume(inbox(), placed), consume(inbox(), placed)]);
    assert.deepEqual(await effects(), ["a Placed"]);
  });

  it("parks an event that came before the one it builds on, and applies it after that", async () => {
    await consume(inbox(), record("Taken", "a"));
    assert.deepEqual(await effects(), []);
    await consume(inbox(), record("Placed", "a"));
    assert.equal(await retryParked(inbox()), "again");
    assert.deepEqual(await effects(), ["a Placed", "a Taken"]);
    assert.equal(await retryParked(inbox()), "wait");
  });

  it("keeps the order of a key: what comes behind a parked event of the same topic waits behind it", async () => {
    await consume(inbox(), record("Taken", "a", "shop.one"));
    await consume(inbox(), record("Placed", "a", "shop.one"));
    assert.deepEqual(await effects(), []);
    await consume(inbox(), record("Placed", "b", "shop.one"));
    assert.deepEqual(await effects(), ["b Placed"]);
  });

  it("moves what is no event to the dead-letter topic and goes on", async () => {
    await consume(inbox(), { ...record("Placed", "a"), value: "nonsense" });
    await consume(inbox(), record("Placed", "b"));
    assert.deepEqual(
      published.map(({ topic, value, headers }) => [topic, value, headers["dlq-offset"]]),
      [["shop.Placed.me.dlq", "nonsense", "7"]],
    );
    assert.deepEqual(await effects(), ["b Placed"]);
  });

  it("gives up an event whose handler keeps failing, after its attempts, to the dead-letter topic", async () => {
    await consume(inbox(), record("Placed", "cursed"));
    for (let attempt = 0; attempt < 9; attempt += 1) {
      await db
        .updateTable("parked")
        .set({ nextAt: new Date(0) })
        .execute();
      await retryParked(inbox());
    }
    assert.deepEqual(
      published.map(({ topic, headers }) => [topic, headers["dlq-reason"], headers["dlq-detail"]]),
      [["shop.Placed.me.dlq", "exhausted", "the handler is broken"]],
    );
    assert.deepEqual(await db.selectFrom("parked").selectAll().execute(), []);
  });

  it("survives a lost race between two transactions", async () => {
    const work = transact();
    await db
      .insertInto("effects")
      .values([
        { orderId: "x", what: "0" },
        { orderId: "y", what: "0" },
      ])
      .execute();
    const both = (first: string, second: string) =>
      work(async ({ tx }) => {
        await tx.updateTable("effects").set({ what: first }).where("orderId", "=", first).execute();
        await sleep(100);
        await tx.updateTable("effects").set({ what: first }).where("orderId", "=", second).execute();
      });
    await Promise.all([both("x", "y"), both("y", "x")]);
    assert.equal(new Set((await effects()).map((line) => line.slice(2))).size, 1);
  });
});
