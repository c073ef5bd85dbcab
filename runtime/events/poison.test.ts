import assert from "node:assert/strict";
import { NotInstalled } from "../lab/lab.ts";
import { ENGINES, type MessagingLab, startMessagingLab } from "../lab/lab-messaging.ts";
import { consume } from "./consume.ts";
import { incomingRecord, type OutgoingRecord } from "./record.ts";
import { publishBatch } from "./relay.ts";
import { retryParked } from "./retry-parked.ts";
import { skip } from "../../test/skip.ts";

for (const engine of ["mariadb", "postgres"] as const)
  describe(`an event that can never be handled, on a real ${ENGINES[engine]}`, function () {
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

    const makeDue = () =>
      lab.db
        .updateTable("parked")
        .set({ nextAt: new Date(0) })
        .execute();
    const parked = async () =>
      (await lab.db.selectFrom("parked").select("messageKey").orderBy("id").execute()).map((row) => row.messageKey);
    /** Retries as the loop does, which goes on after a failure. */
    const retry = async (rounds: number) => {
      for (let round = 0; round < rounds; round += 1) await retryParked(lab.inbox).catch(() => undefined);
    };
    /** What the broker was given on top of a record's own headers is the dead letter's origin. */
    const letters = () =>
      lab.broker.published.map(({ topic, raw }) => ({
        topic,
        raw: { ...raw, headers: raw.headers.filter(([name]) => !name.toString().startsWith("dlq-")) },
      }));

    it("goes to the dead letters unchanged when its headers are too large, and those behind it are handled", async () => {
      const large = lab.record("Taken", "a", { headers: { note: "x".repeat(70_000) } });
      await consume(lab.inbox, large);
      await consume(lab.inbox, lab.record("Taken", "b"));
      await consume(lab.inbox, lab.record("Placed", "b"));
      await retry(3);
      assert.deepEqual(letters(), [{ topic: "shop.Taken.me.dlq", raw: large.raw }]);
      assert.deepEqual(await lab.effects(), ["b Placed", "b Taken"]);
    });

    it("is parked and given up without losing a byte, a double header or its order", async () => {
      const { raw, ...place } = lab.record("Placed", "cursed");
      const odd = {
        ...raw,
        headers: ["a", "\xff\x00", "a", "회"].map((text) => [Buffer.from("h"), Buffer.from(text)] as const),
      };
      const wide = {
        ...raw,
        headers: [
          [Buffer.from("n"), Buffer.alloc(30_000, 1)],
          [Buffer.from("none"), null],
        ] as const,
      };
      for (const bytes of [odd, wide]) {
        await lab.clear();
        await consume(lab.inbox, incomingRecord(place, bytes));
        for (let attempt = 0; attempt < 9; attempt += 1) {
          await makeDue();
          await retry(1);
        }
        assert.deepEqual(letters(), [{ topic: "shop.Placed.me.dlq", raw: bytes }]);
        assert.deepEqual(await parked(), []);
      }
    });

    it("holds up no other, though an earlier version parked it with headers that were cut", async () => {
      await consume(lab.inbox, lab.record("Taken", "a"));
      await lab.db.updateTable("parked").set({ headers: '{"note":"xxx' }).execute();
      await consume(lab.inbox, lab.record("Taken", "b"));
      await lab.db.insertInto("effects").values({ orderId: "b", what: "Placed" }).execute();
      await makeDue();
      await retry(2);
      assert.deepEqual(await lab.effects(), ["b Placed", "b Taken"]);
      assert.deepEqual(
        lab.broker.published.map(({ headers }) => [headers.get("parked-headers"), headers.get("dlq-reason")]),
        [['{"note":"xxx', "invalid"]],
      );
      assert.deepEqual(await parked(), []);
    });

    it("is still read when it was parked before headers were kept to the byte", async () => {
      await consume(lab.inbox, lab.record("Taken", "a"));
      await lab.db.updateTable("parked").set({ headers: '{"note":"회"}' }).execute();
      await consume(lab.inbox, lab.record("Placed", "a"));
      await retry(1);
      assert.deepEqual(await lab.effects(), ["a Placed", "a Taken"]);
    });

    it("holds up no other while the broker refuses its dead letter", async () => {
      lab.broker.fails = () => true;
      await consume(lab.inbox, lab.record("Placed", "cursed"));
      await lab.db.updateTable("parked").set({ attempts: 8 }).execute();
      await consume(lab.inbox, lab.record("Taken", "b"));
      await lab.db.insertInto("effects").values({ orderId: "b", what: "Placed" }).execute();
      await makeDue();
      await retry(2);
      assert.deepEqual(await lab.effects(), ["b Placed", "b Taken"]);
      assert.deepEqual(await parked(), ["cursed"]);
      lab.broker.fails = () => false;
      await makeDue();
      await retry(1);
      assert.deepEqual([lab.broker.published.length, await parked()], [1, []]);
    });

    it("holds up no other when its handler fails as if the database were away", async () => {
      await consume(lab.inbox, lab.record("Placed", "refused"));
      await consume(lab.inbox, lab.record("Taken", "b"));
      await lab.db.insertInto("effects").values({ orderId: "b", what: "Placed" }).execute();
      // Both are due, and the one that fails was parked first and tried last.
      for (const [messageKey, seconds] of [
        ["refused", 1],
        ["b", 2],
      ] as const)
        await lab.db
          .updateTable("parked")
          .set({ nextAt: new Date(Date.now() - seconds * 1000) })
          .where("messageKey", "=", messageKey)
          .execute();
      await retry(1);
      assert.deepEqual(await lab.effects(), ["b Placed", "b Taken"]);
      await consume(lab.inbox, lab.record("Taken", "c"));
      await lab.db.insertInto("effects").values({ orderId: "c", what: "Placed" }).execute();
      await makeDue();
      await retry(2);
      assert.ok((await lab.effects()).includes("c Taken"));
      assert.deepEqual(await parked(), ["refused"]);
    });

    it("goes to the dead letters at once when no column can keep it", async () => {
      const topic = `shop.${"x".repeat(300)}`;
      const record = lab.record("Taken", "a", { topic });
      await consume(lab.inbox, record);
      assert.deepEqual(letters(), [{ topic: `${topic}.me.dlq`, raw: record.raw }]);
      assert.deepEqual(await parked(), []);
    });

    it("never fits a column by being cut", async () => {
      const values = { orderId: "a", what: "x".repeat(21) };
      await assert.rejects(lab.db.insertInto("effects").values(values).execute(), {
        code: engine === "mariadb" ? "ER_DATA_TOO_LONG" : "22001",
      });
    });

    it("leaves the outbox without its headers when these cannot be read, and the next ones with theirs", async () => {
      for (const orderId of ["a", "b"]) await lab.transact(({ emit }) => emit("Placed", { orderId }));
      await lab.db.updateTable("outbox").set({ headers: "{" }).where("messageKey", "=", "a").execute();
      await publishBatch(lab.kit, lab.broker, "shop.order", lab.log);
      assert.deepEqual(
        lab.broker.published.map(({ key, headers }) => [key, headers.get("eventType"), headers.get("version")]),
        [
          ["a", "Placed", undefined],
          ["b", "Placed", "1"],
        ],
      );
    });

    it("does not make a batch that no broker takes: each stays below a mebibyte", async () => {
      const sizes: number[] = [];
      const publish = lab.broker.publish.bind(lab.broker);
      const broker = {
        ...lab.broker,
        publish: async (records: readonly OutgoingRecord[]) => {
          sizes.push(records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0));
          await publish(records);
        },
      };
      const row = { eventType: "Placed", value: "x".repeat(90_000), headers: "{}", createdAt: new Date() };
      for (let each = 0; each < 30; each += 1)
        await lab.db
          .insertInto("outbox")
          .values({ ...row, eventId: String(each), messageKey: String(each) })
          .execute();
      while ((await publishBatch(lab.kit, broker, "shop.order", lab.log)) === "again");
      assert.deepEqual(
        lab.broker.published.map(({ key }) => Number(key)),
        Array.from({ length: 30 }, (_, index) => index),
      );
      assert.ok(Math.max(...sizes) < 1024 * 1024, sizes.join());
    });
  });
