import assert from "node:assert/strict";
import { ACCOUNT, TODAY, assertRefused, prodPlan as plan, settingFaults } from "../../../test/aws-account.ts";
import { shop } from "../../../test/shop.ts";
import { planSystem, type SystemPlan } from "../../../model/plan.ts";
import type { System } from "../../../model/system.ts";
import type { Event } from "../../../model/words/event.ts";
import type { Service } from "../../../model/words/service.ts";
import { readAwsSettings } from "./read-settings.ts";

type Bad = readonly [why: string, config: Record<string, string>, said: RegExp];
const bad: readonly Bad[] = [
  [
    "a class that MariaDB has not",
    { "slipway:databaseClass": "db.serverless" },
    /slipway:databaseClass: found "db.serverless", allowed: db.t4g.medium/,
  ],
  [
    "a class without Database Insights",
    { "slipway:databaseClass": "db.t4g.small" },
    /slipway:databaseClass: found "db.t4g.small", allowed: db.t4g.medium/,
  ],
  ["a broker type that MSK has not", { "slipway:brokerClass": "kafka.x9.huge" }, /slipway:brokerClass/],
  [
    "brokers that are no multiple of the zones",
    { "slipway:brokers": "4" },
    /slipway:brokers: found "4", allowed: a multiple of the 3 zones, at least 3/,
  ],
  [
    "brokers that fit the zones of somebody's wish only",
    { "aws:region": "us-west-1", "slipway:zones": "3", "slipway:brokers": "3" },
    /slipway:brokers: found "3", allowed: a multiple of the 2 zones.* Fix: write `slipway:brokers: "4"`/,
  ],
  [
    "more brokers than a cluster has",
    { "slipway:brokers": "3000000" },
    /slipway:brokers: found "3000000", .* at most 60\. Fix: write `slipway:brokers: "3"`/,
  ],
  ...["three", "-3", "0", "3.0", "0x3", "3e0", "Infinity"].map(
    (count): Bad => [
      `${count} brokers`,
      { "slipway:brokers": count },
      new RegExp(`slipway:brokers: found "${count}", .* Fix: write .slipway:brokers: "3".`),
    ],
  ),
  [
    "fewer brokers than copies",
    { "slipway:brokers": "2", "slipway:zones": "2" },
    /slipway:brokers: found "2".* Fix: write `slipway:brokers: "4"`/,
  ],
];

/** A system in which one service listens to many others. */
function listening(count: number): System {
  const basics = { purpose: "Says what happens", tier: "standard", slo: { declined: "an example" } } as const;
  const names = Array.from({ length: count }, (_, index) => `department${index}`);
  const services: Record<string, Service> = Object.fromEntries(
    names.map((name, index) => [name, { ...basics, publishes: [`Happened${index}`] }]),
  );
  const events: Record<string, Event> = Object.fromEntries(
    names.map((_, index) => [
      `Happened${index}`,
      { data: { properties: { orderId: {} } }, undoneBy: { declined: "an example" } },
    ]),
  );
  return { ...shop, services: { ...services, overview: { ...basics, consumes: Object.keys(events) } }, events };
}

describe("capacity of what AWS gives", () => {
  it("holds the rights of a service that listens to many", () => {
    assert.ok(readAwsSettings(ACCOUNT, [planSystem(listening(30), "prod")], TODAY));
  });

  it("is told when the rights of a service outgrow its role", () => {
    assert.throws(
      () => readAwsSettings(ACCOUNT, [planSystem(listening(60), "prod")], TODAY),
      /system shop: found "overview, whose rights to 60 topics have \d+ characters", allowed: at most 10240, .* Fix: let it listen to fewer services, or make two of it, in systems\/shop\/system\.ts/,
    );
  });

  for (const [why, config, said] of bad) it(`refuses ${why}`, () => assertRefused(config, said));

  it("refuses a database that is too small for the pools, and name one that is not", () => {
    const crowded = { ...plan, stores: plan.stores.map((store) => ({ ...store, maxConnections: 900 })) };
    const said = settingFaults({ "slipway:databaseClass": "db.t4g.medium" }, [crowded]);
    assert.match(
      said,
      /takes the 900 connections of the pools of shop to MariaDB \(this one takes 136 of its 170\)\. Fix: write `slipway:databaseClass: db.m7g.2xlarge/,
      "MariaDB takes a connection for each 24 MiB, MySQL one for each 12",
    );
  });

  it("refuses brokers that cannot hold the declared partitions", () => {
    const topics = Array.from({ length: 200 }, () => ({ ...plan.messaging.topics[0], partitions: 30, replication: 3 }));
    assert.match(
      settingFaults({}, [{ ...plan, messaging: { ...plan.messaging, topics } } as SystemPlan]),
      /hold the 18000 partition copies/,
    );
  });
});
