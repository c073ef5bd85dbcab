import assert from "node:assert/strict";
import { planSystem } from "../plan.ts";
import type { System } from "../system.ts";
import type { Worker } from "../words/service.ts";
import { fact } from "../words/value.ts";
import type { ExistingStore, Store } from "../words/store.ts";

const part: Worker = {
  kind: "worker",
  purpose: "a test",
  tier: "standard",
  from: { build: "." },
  health: { declined: "a test" },
  slo: { declined: "a test" },
};

/** A system whose two workers share one store of news. */
function planned(news: Store | ExistingStore) {
  const system: System = {
    name: "shop",
    purpose: "a test",
    owner: "team",
    stores: { news },
    services: {
      writer: { ...part, uses: { news: { may: "write" } } },
      reader: {
        ...part,
        uses: { news: { may: "read", shared: "a test" } },
        reads: { GROUP: fact("news", "group") },
      },
    },
    entry: { declined: "a test" },
  };
  const { messaging, stores, workloads } = planSystem(system, "prod");
  return {
    topics: messaging.topics.map(({ name, producer, consumers }) => [name, producer, ...consumers]),
    stores: stores.map(({ database }) => database),
    group: workloads.find(({ name }) => name === "reader")?.settings["GROUP"],
    uses: workloads.map(({ topics, network }) => [...topics.writes, ...topics.reads, network.toKafka]),
  };
}

describe("a topic that programs use without the kit", () => {
  it("is called as the system's own topics", () => {
    const { topics, stores } = planned({ kind: "topic", keeps: "nothing" });
    assert.deepEqual([topics, stores], [[["shop.news", "writer", "reader"]], ["shop.news"]]);
  });

  it("is called as the programs call it, where they know it by a fixed name", () => {
    const { topics, stores, uses } = planned({ kind: "topic", keeps: "nothing", database: "orders" });
    assert.deepEqual([topics, stores], [[["orders", "writer", "reader"]], ["orders"]]);
    assert.deepEqual(uses, [
      ["orders", true],
      ["orders", true],
    ]);
  });

  it("is read in a group of the service's own, to which it has the right", () => {
    assert.equal(planned({ kind: "topic", keeps: "nothing" }).group, "shop.reader");
  });

  it("is nobody's here where it is there already", () => {
    const { topics, uses } = planned({ kind: "topic", existing: "news" });
    assert.deepEqual([topics, uses], [[], [[false], [false]]]);
  });
});
