import assert from "node:assert/strict";
import { shop } from "../../../test/shop.ts";
import { planSystem } from "../../../model/plan.ts";
import type { Event, Service, System } from "../../../model/system.ts";
import { readAwsSettings } from "./read-settings.ts";

const CONFIG = {
  "aws:region": "eu-central-1",
  "slipway:accountId": "111122223333",
  "slipway:domain": "shop.example.com",
  "slipway:alarmEmail": "on-call@example.com",
  "slipway:costCenter": "cc-1",
  "slipway:mailUser": "AKIAIOSFODNN7EXAMPLE",
  "slipway:heartbeat": "https://hc-ping.example.com/slipway-prod",
};

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
    assert.ok(readAwsSettings(CONFIG, [planSystem(listening(30), "prod")], "2026-11-21"));
  });

  it("is told when the rights of a service outgrow its role", () => {
    assert.throws(
      () => readAwsSettings(CONFIG, [planSystem(listening(60), "prod")], "2026-11-21"),
      /system shop: found "overview, whose rights to 60 topics have \d+ characters", allowed: at most 10240, .* Fix: let it listen to fewer services, or make two of it, in systems\/shop\/system\.ts/,
    );
  });
});
