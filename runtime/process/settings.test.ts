import assert from "node:assert/strict";
import { readSettings } from "./settings.ts";

const COMPLETE = {
  SYSTEM: "fishdelivery",
  SERVICE: "order",
  PAYMENT_URL: "http://payment:8080/",
  KAFKA_BROKERS: "kafka:9092",
  KAFKA_GROUP: "fishdelivery.order",
  KAFKA_TOPIC: "fishdelivery.order",
  KAFKA_CONSUME: "fishdelivery.payment, fishdelivery.delivery",
  DATABASE_HOST: "mariadb",
  DATABASE_NAME: "order",
  DATABASE_USER: "order",
  DATABASE_PASSWORD: "a-password-of-the-test",
};

describe("settings", () => {
  it("are complete with the documented defaults", () => {
    const { settings, faults } = readSettings(COMPLETE, ["payment"]);
    assert.deepEqual(faults, []);
    assert.deepEqual(settings.edges, [
      {
        callee: "payment",
        url: "http://payment:8080",
        timeoutMs: 610,
        breakerErrorPercent: 50,
        breakerOpenMs: 5000,
        breakerMinCalls: 10,
        maxConcurrent: 50,
        fallback: "reject",
      },
    ]);
    assert.deepEqual(settings.kafka.consume, ["fishdelivery.payment", "fishdelivery.delivery"]);
    assert.equal(settings.port, 8080);
    assert.equal(settings.faultsEnabled, false);
  });

  it("name no broker for a service that neither publishes nor consumes", () => {
    const { KAFKA_BROKERS, KAFKA_GROUP, KAFKA_TOPIC, KAFKA_CONSUME, ...silent } = COMPLETE;
    const { settings, faults } = readSettings(silent, ["payment"]);
    assert.deepEqual(faults, []);
    assert.deepEqual(settings.kafka.brokers, []);
    for (const speaks of [{ KAFKA_TOPIC }, { KAFKA_CONSUME, KAFKA_GROUP }])
      assert.deepEqual(readSettings({ ...silent, ...speaks }, ["payment"]).faults, [
        "KAFKA_BROKERS: found nothing, wanted a value",
      ]);
    assert.ok(KAFKA_BROKERS);
  });

  it("name every fault at once, with what was found and what is wanted", () => {
    const { faults } = readSettings(
      {
        ...COMPLETE,
        PAYMENT_URL: "payment:8080",
        PAYMENT_TIMEOUT_MS: "6s",
        PAYMENT_FALLBACK: "pretend",
        PORT: "0",
        KAFKA_BROKERS: "",
      },
      ["payment"],
    );
    assert.deepEqual(faults, [
      'PORT: found "0", wanted a whole number from 1 to 65535',
      'PAYMENT_URL: found "payment:8080", wanted an http or https address',
      'PAYMENT_TIMEOUT_MS: found "6s", wanted a whole number from 100 to 2000',
      'PAYMENT_FALLBACK: found "pretend", wanted one of reject, default, queue',
      "KAFKA_BROKERS: found nothing, wanted a value",
    ]);
  });

  it("never repeat a secret, and be it the login of an address", () => {
    const { faults } = readSettings(
      { ...COMPLETE, PAYMENT_URL: "ftp://order:hu/sh@payment:8080", DATABASE_PASSWORD: " " },
      ["payment"],
    );
    assert.deepEqual(faults, [
      'PAYMENT_URL: found "ftp://…@payment:8080", wanted an http or https address',
      "DATABASE_PASSWORD: found nothing, wanted a value",
    ]);
  });

  it("derive the keys of a callee with a dash", () => {
    const { settings, faults } = readSettings({ ...COMPLETE, FISH_STORE_URL: "http://fish-store:8080" }, [
      "fish-store",
    ]);
    assert.deepEqual(faults, []);
    assert.equal(settings.edges[0]?.url, "http://fish-store:8080");
  });

  it("need no consumer group where nothing is consumed", () => {
    const { KAFKA_GROUP: _group, KAFKA_CONSUME: _consume, ...rest } = COMPLETE;
    assert.deepEqual(readSettings(rest, ["payment"]).faults, []);
  });
});
