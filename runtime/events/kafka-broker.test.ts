import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { DEFAULTS } from "../../model/defaults.ts";
import { type LabServer, NotInstalled, startKafka } from "../lab/lab.ts";
import { createLog } from "../process/log.ts";
import type { Broker } from "./broker.ts";
import { deadLetter } from "./dead-letter.ts";
import { declareTopics } from "./declare-topics.ts";
import { kafkaBroker } from "./kafka-broker.ts";
import { type IncomingRecord, type RawRecord, textRecord } from "./record.ts";
import { skip, skipInQuickGate } from "../../test/skip.ts";

const log = createLog({ service: "test", version: "0", logLevel: "silent" });
const topic = "shop.order";
const letters = "shop.order.me.dlq";
const { recordBytes, deadLetterBytes } = DEFAULTS.kafka;
/** What a broker counts besides the bytes of one random value: the batch around it, and what compressing it adds. */
const FRAMING = 500;

describe("records on a real broker", function () {
  this.timeout(120_000);
  let server: LabServer | undefined;
  let broker: Broker;
  const received: IncomingRecord[] = [];
  const next = async (): Promise<IncomingRecord> => {
    for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const record = received.shift();
      if (record !== undefined) return record;
    }
    throw new Error("no record came");
  };

  before(async function () {
    skipInQuickGate(this, "a broker");
    try {
      server = await startKafka();
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      return skip(this, error.message);
    }
    const settings = {
      brokers: [`127.0.0.1:${server.port}`],
      auth: "none" as const,
      group: "me",
      topic,
      consume: [topic],
    };
    const declared = (name: string, maxBytes: number) => ({
      name,
      partitions: 1,
      replicas: 1,
      configs: { "max.message.bytes": String(maxBytes) },
    });
    await declareTopics(
      settings,
      [declared(topic, recordBytes.value), declared(letters, recordBytes.value + deadLetterBytes.value)],
      log,
    );
    broker = kafkaBroker(settings, "me", log);
    broker.subscribe("me", [topic, letters], async (record) => void received.push(record));
  });
  after(async () => {
    await broker?.unsubscribe();
    await broker?.close();
    await server?.stop();
  });

  const bytes = (text: string) => Buffer.from(text, "latin1");
  const odd: readonly [what: string, raw: RawRecord][] = [
    ["text", textRecord(topic, { key: "o1", value: "회", headers: { eventId: "1" } })],
    [
      "other bytes than text",
      { key: bytes("\xff\x00"), value: bytes("\xc3("), headers: [[bytes("\xfe"), bytes("\xfd")]] },
    ],
    ["neither key nor value", { key: null, value: null, headers: [] }],
    ["an empty key and an empty value", { key: bytes(""), value: bytes(""), headers: [] }],
    [
      "a header twice and one of nothing",
      {
        key: bytes("k"),
        value: bytes("v"),
        headers: ["1", "2", null].map((value) => [bytes("h"), value === null ? null : bytes(value)] as const),
      },
    ],
  ];
  for (const [what, { key, value, headers }] of odd)
    it(`arrive as they were sent, and as dead letters, too: ${what}`, async () => {
      await broker.publish([{ topic, key, value, headers }]);
      const record = await next();
      assert.deepEqual(record.raw, { key, value, headers });
      await deadLetter({ broker, service: "me", log }, record, "invalid", "because");
      const letter = await next();
      assert.deepEqual([letter.topic, letter.raw.key, letter.raw.value], [letters, key, value]);
      assert.deepEqual(letter.raw.headers.slice(0, headers.length), headers);
      assert.equal(letter.headers.get("dlq-detail"), "because");
    });

  const largest: readonly [how: string, value: Buffer][] = [
    ["just fitted their topic", randomBytes(recordBytes.value - FRAMING)],
    ["fitted it compressed", Buffer.alloc(5_000_000, "fish")],
  ];
  for (const [how, value] of largest)
    it(`fit among the dead letters where they ${how}`, async () => {
      await broker.publish([{ topic, key: null, value, headers: [] }]);
      await deadLetter({ broker, service: "me", log }, await next(), "exhausted", "회".repeat(1000));
      assert.equal((await next()).raw.value?.equals(value), true);
    });

  it("are refused beyond that, so that the largest above was the largest", async () => {
    const value = randomBytes(recordBytes.value);
    await assert.rejects(broker.publish([{ topic, key: null, value, headers: [] }]));
  });
});
