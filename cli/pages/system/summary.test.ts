import assert from "node:assert/strict";
import { parse } from "yaml";
import { checkStage } from "../../../model/check/stage.ts";
import { planSystem } from "../../../model/plan.ts";
import type { System } from "../../../model/system.ts";
import { everyForeignWordSystem } from "../../../test/words/every-foreign-word.ts";
import { shop } from "../../../test/shop.ts";
import { summary } from "./summary.ts";

const foreign = everyForeignWordSystem as unknown as System;
const told = (system: System) => summary(planSystem(system, "prod"), checkStage(system, "prod"));

describe("the head of a printed plan", () => {
  it("says what weakens a promise with the reason, what is kept, who is asked outside and what runs by itself", () => {
    const text = told(foreign);
    for (const line of [
      "#   offers: slow (stock): counts the shelves",
      "#   stock: one (replicas): its shelves are in memory",
      "#   visits: shared (visit-db): one count for all",
      "#   offer-db: postgres offers, keeps every write; used by offers (write)",
      "#   queue: amqp, there already at the setting shop-queue; used by offers",
      "#   offers asks bank: api.example.com:8443, 2000 ms, else default: asks for the rate; on dev bank-stand-in answers in its place",
      "#   audit: when asked, ends within 3600 s, overlap skip; its silence is no trouble: runs when somebody asks",
      "#   bank-key: asked on dev, read by offers",
    ])
      assert.ok(text.includes(`${line}\n`), line);
  });

  it("is nothing but comments, whatever a reason holds, and nothing at all where there is nothing to say", () => {
    const services = { ...foreign.services, stock: { ...foreign.services["stock"], scale: { one: "a\nb: c" } } };
    assert.equal(parse(told({ ...foreign, services } as System)), null);
    const { "card-check": card } = shop.services;
    assert.equal(told({ ...shop, stores: {}, events: {}, services: { card } } as unknown as System), "");
  });

  it("says what would be refused on this stage, before anything is tried", () => {
    const stock = { ...foreign.services["stock"], from: { image: "example.com/stock:2" } };
    const text = told({ ...foreign, services: { ...foreign.services, stock } } as System);
    assert.match(
      text,
      /# Refused on this stage:\n(?:# {3}.*\n)*# {3}foreign\/stock: from\.image: "example\.com\/stock:2"/,
    );
  });
});
