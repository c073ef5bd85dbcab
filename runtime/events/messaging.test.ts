import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { NotInstalled } from "../lab/lab.ts";
import { ENGINES, type MessagingLab, startMessagingLab } from "../lab/lab-messaging.ts";
import { consume } from "./consume.ts";
import type { Event } from "./envelope.ts";
import { publishBatch } from "./relay.ts";
import { retryParked } from "./retry-parked.ts";
import { skip } from "../../test/skip.ts";

for (const engine of ["mariadb", "postgres"] as const)
  describe(`outbox and inbox on a real ${ENGINES[engine]}`, function () {
    this.timeout(60_000);
    let lab: MessagingLab;
    before(async function () {
      try {
        lab = await startMessagingLab(engine);
      } catch (error) {
        if (!(error instanceof NotInstalled)) throw error;
        return skip(this, error.message);
      }
    });
    after(() => lab?.close());
    beforeEach(() => lab.clear());

    const emit = (orderId: string) => lab.transact(({ emit: say }) => say("Placed", { orderId }));
    const relay = () => publishBatch(lab.kit, lab.broker, "shop.order", lab.log);

    it("publishes what was committed, in order, once, with the key and the event's id", async () => {
      for (const id of ["a", "b", "c"]) await emit(id);
      await relay();
      await relay();
      assert.deepEqual(
        lab.broker.published.map(({ key }) => key),
        ["a", "b", "c"],
      );
      assert.equal(
        (JSON.parse(lab.broker.published[0]?.value ?? "") as Event).eventId,
        lab.broker.published[0]?.headers.get("eventId"),
      );
    });

    it("publishes nothing of work that was rolled back", async () => {
      await assert.rejects(
        lab.transact(async (work) => {
          await work.emit("Placed", { orderId: "a" });
          throw new Error("no");
        }),
        /no/,
      );
      await relay();
      assert.deepEqual(lab.broker.published, []);
    });

    it("keeps events while the broker is away and publishes them when it is back", async () => {
      lab.broker.fails = () => true;
      await emit("a");
      await assert.rejects(relay(), /broker down/);
      lab.broker.fails = () => false;
      await relay();
      assert.equal(lab.broker.published.length, 1);
    });

    it("lets one replica publish at a time, so that the order is kept", async () => {
      for (let each = 0; each < 20; each += 1) await emit(String(each));
      await Promise.all([relay(), relay(), relay()]);
      assert.deepEqual(
        lab.broker.published.map(({ key }) => Number(key)),
        Array.from({ length: 20 }, (_, index) => index),
      );
    });

    it("applies the same event once, however often it arrives", async () => {
      const placed = lab.record("Placed", "a");
      for (let time = 0; time < 3; time += 1) await consume(lab.inbox, placed);
      await Promise.all([consume(lab.inbox, placed), consume(lab.inbox, placed)]);
      assert.deepEqual(await lab.effects(), ["a Placed"]);
    });

    it("parks an event that came before the one it builds on, and applies it after that", async () => {
      await consume(lab.inbox, lab.record("Taken", "a"));
      assert.deepEqual(await lab.effects(), []);
      await consume(lab.inbox, lab.record("Placed", "a"));
      assert.equal(await retryParked(lab.inbox), "again");
      assert.deepEqual(await lab.effects(), ["a Placed", "a Taken"]);
      assert.equal(await retryParked(lab.inbox), "wait");
    });

    it("keeps the order of a key: what comes behind a parked event of the same topic waits behind it", async () => {
      await consume(lab.inbox, lab.record("Taken", "a", { topic: "shop.one" }));
      await consume(lab.inbox, lab.record("Placed", "a", { topic: "shop.one" }));
      assert.deepEqual(await lab.effects(), []);
      await consume(lab.inbox, lab.record("Placed", "b", { topic: "shop.one" }));
      assert.deepEqual(await lab.effects(), ["b Placed"]);
    });

    it("moves what is no event to the dead-letter topic and goes on", async () => {
      await consume(lab.inbox, lab.record("Placed", "a", { value: "nonsense" }));
      await consume(lab.inbox, lab.record("Placed", "b"));
      assert.deepEqual(
        lab.broker.published.map(({ topic, value, headers }) => [topic, value, headers.get("dlq-offset")]),
        [["shop.Placed.me.dlq", "nonsense", "7"]],
      );
      assert.deepEqual(await lab.effects(), ["b Placed"]);
    });

    it("gives up an event whose handler keeps failing, after its attempts, to the dead-letter topic", async () => {
      await consume(lab.inbox, lab.record("Placed", "cursed"));
      for (let attempt = 0; attempt < 9; attempt += 1) {
        await lab.db
          .updateTable("parked")
          .set({ nextAt: new Date(0) })
          .execute();
        await retryParked(lab.inbox);
      }
      assert.deepEqual(
        lab.broker.published.map(({ topic, headers }) => [topic, headers.get("dlq-reason"), headers.get("dlq-detail")]),
        [["shop.Placed.me.dlq", "exhausted", "the handler is broken"]],
      );
      assert.deepEqual(await lab.db.selectFrom("parked").selectAll().execute(), []);
    });

    it("survives a lost race between two transactions", async () => {
      const work = lab.transact;
      await lab.db
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
      assert.equal(new Set((await lab.effects()).map((line) => line.slice(2))).size, 1);
    });
  });
