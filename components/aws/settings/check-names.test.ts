import assert from "node:assert/strict";
import { shop } from "../../../test/shop.ts";
import { planSystem } from "../../../model/plan.ts";
import type { System } from "../../../model/system.ts";
import { checkNames } from "./check-names.ts";
import { SettingReader } from "./setting-reader.ts";

function said(system: System): string {
  const reader = new SettingReader({}, "Pulumi.prod.yaml");
  checkNames(reader, planSystem(system, "prod"));
  try {
    reader.assertNothingWrong();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("names of a system on AWS", () => {
  const { printer, ...others } = shop.services;

  it("are mostly right", () => {
    assert.equal(said(shop), "");
    assert.equal(said({ ...shop, name: "s".repeat(55) }), "");
  });

  it("leave room for the gateway's namespace", () => {
    assert.match(
      said({ ...shop, name: "s".repeat(56) }),
      /system s+: found "56 letters", allowed: at most 55: .*\. Fix: rename "s+" in systems\/s+\/system\.ts/,
    );
  });

  it("have no two dashes in a row, which neither ECR nor RDS takes", () => {
    assert.match(
      said({ ...shop, name: "fish--shop" }),
      /system fish--shop: found "fish--shop", allowed: names without two dashes/,
    );
    assert.match(
      said({ ...shop, services: { ...others, "label--printer": printer } }),
      /found "label--printer", .* Fix: rename "label--printer" in systems\/shop\/system\.ts/,
    );
  });
});
