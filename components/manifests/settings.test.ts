import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { serviceAt, workloadOf } from "../../test/shop.ts";
import type { BrokerConnection, StoreConnection } from "../platform.ts";
import { resolveVariables } from "../variables.ts";
import { secretVariables, settingVariables } from "./environment.ts";
import { credential, settingsMap } from "./settings.ts";

const broker = { brokers: "kafka:9092", auth: "none" } as unknown as BrokerConnection;
const login = (user: string) => ({ user, password: pulumi.secret("hidden") });
const database = {
  host: "mariadb",
  port: 3306,
  name: "order",
  tls: "off",
} as unknown as StoreConnection;

/** What a service of the example reads, with the user that it has in its store. */
function read(name: "order" | "card-check", user = "order") {
  const stores = new Map([["order-db", { connection: database, login: login(user) }]]);
  const platform = { secret: () => pulumi.secret(""), traces: null };
  return resolveVariables(workloadOf(name), { platform, broker, stores, entry: null });
}

describe("settings", () => {
  it("hold every key of a call: address, time-out, breaker, bulkhead and fallback", () => {
    const values = read("order").plain;
    for (const key of [
      "URL",
      "TIMEOUT_MS",
      "BREAKER_ERROR_PERCENT",
      "BREAKER_OPEN_MS",
      "BREAKER_MIN_CALLS",
      "MAX_CONCURRENT",
      "FALLBACK",
    ]) {
      assert.ok(values[`CARD_CHECK_${key}`], key);
    }
    assert.equal(values["CARD_CHECK_URL"], "http://card-check:8080");
  });

  it("name the stores a service has, and no others", () => {
    const values = read("order").plain;
    assert.equal(values["KAFKA_BROKERS"], "kafka:9092");
    assert.equal(values["DATABASE_USER"], "order");
    const none = Object.keys(read("card-check").plain);
    assert.deepEqual(
      none.filter((key) => /^(KAFKA|DATABASE)_/.test(key)),
      [],
    );
  });

  it("never hold a password", () => {
    const { plain, secret } = read("order");
    assert.deepEqual(
      Object.keys(plain).filter((key) => key.includes("PASSWORD")),
      [],
    );
    assert.deepEqual(Object.keys(secret), ["DATABASE_PASSWORD"]);
  });

  it("have no name, so that a changed value makes a new map and rolls the pods", () => {
    assert.equal("name" in (settingsMap(serviceAt("order"), {}).metadata as object), false);
  });

  it("are read key by key", () => {
    assert.deepEqual(settingVariables(["PORT"], "map"), [
      { name: "PORT", valueFrom: { configMapKeyRef: { name: "map", key: "PORT" } } },
    ]);
    assert.deepEqual(secretVariables(["KEY"], "safe"), [
      { name: "KEY", valueFrom: { secretKeyRef: { name: "safe", key: "KEY" } } },
    ]);
  });
});

describe("credentials", () => {
  it("are secret as a whole", async () => {
    const { stringData } = credential(serviceAt("order"), { A: "plain" });
    assert.equal(await pulumi.isSecret(stringData), true);
  });

  it("let the migration connect as the one who may change tables", () => {
    assert.equal(read("order", "order_owner").plain["DATABASE_USER"], "order_owner");
  });
});
