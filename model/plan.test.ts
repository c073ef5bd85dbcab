import assert from "node:assert/strict";
import { fishdelivery } from "../systems/fishdelivery/system.ts";
import { planSystem } from "./plan.ts";
import { parseBytes } from "./quantity.ts";
import { STAGES } from "./stage.ts";
import type { System } from "./system.ts";

const dev = planSystem(fishdelivery, "dev");
const workload = (name: string) => {
  const found = dev.workloads.find((candidate) => candidate.name === name);
  assert.ok(found);
  return found;
};

describe("the plan of a system", () => {
  it("is plain data without undefined or functions, for both stages", () => {
    for (const stage of STAGES) {
      const plan = planSystem(fishdelivery, stage);
      assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
    }
  });

  it("gives the caller of a synchronous edge every key of its breaker", () => {
    const { settings } = workload("order");
    assert.equal(settings["PAYMENT_URL"], "http://payment:8080");
    assert.equal(settings["PAYMENT_TIMEOUT_MS"], "610");
    assert.equal(settings["PAYMENT_FALLBACK"], "reject");
    assert.equal(Object.keys(settings).filter((key) => key.startsWith("PAYMENT_")).length, 7);
  });

  it("names databases and users without dashes, and gives each owner its own", () => {
    const { services, stores } = fishdelivery as System;
    const dashed = planSystem(
      {
        ...(fishdelivery as System),
        stores: { ...stores, "fish-tank": { kind: "mariadb", keeps: "nothing" } },
        services: {
          ...services,
          "fish-tank": {
            purpose: "Keeps fish",
            tier: "standard",
            slo: { declined: "a test" },
            uses: { "fish-tank": { may: "write" } },
            routes: [{ path: "/tanks", access: "anyone" }],
          },
        },
      },
      "dev",
    );
    const store = dashed.stores.find(({ name }) => name === "fish-tank");
    assert.deepEqual(
      [store?.database, store?.users[0]?.user, store?.migrator],
      ["fish_tank", "fish_tank", "fish_tank_owner"],
    );
  });

  it("opens the network for declared edges only", () => {
    assert.deepEqual(workload("payment").network, {
      callers: [{ port: 8080, services: ["order"] }],
      callees: [],
      fromEntry: [8080],
      toKafka: true,
    });
    assert.deepEqual(workload("delivery").network.callers, []);
  });

  it("gives every topic a dead-letter twin for each consumer, kept longer than the topic and of larger records", () => {
    const { topics } = dev.messaging;
    for (const topic of topics.filter(({ deadLetterOf }) => deadLetterOf === null)) {
      const twins = topics.filter(({ deadLetterOf }) => deadLetterOf === topic.name);
      assert.deepEqual(
        twins.map(({ producer }) => producer),
        topic.consumers,
      );
      assert.ok(twins.every(({ retentionMs }) => retentionMs > topic.retentionMs));
      assert.ok(twins.every(({ maxBytes }) => maxBytes > topic.maxBytes));
    }
  });

  it("has at least as many partitions as any consumer has replicas", () => {
    const most = Math.max(...dev.workloads.map(({ scale }) => scale.max));
    assert.ok(dev.messaging.topics.every(({ partitions }) => partitions >= most));
  });

  it("lets a pod drain within its grace period and restarts it later than it rests it", () => {
    const { rollout, probes } = workload("order");
    assert.ok(rollout.preStopSeconds + rollout.drainSeconds < rollout.graceSeconds);
    assert.ok(probes);
    const worst = ({ periodSeconds, failureThreshold }: typeof probes.liveness) => periodSeconds * failureThreshold;
    assert.ok(worst(probes.liveness) >= 2 * worst(probes.readiness));
  });

  it("keeps more replicas and safer topics in prod than in dev", () => {
    const prod = planSystem(fishdelivery, "prod");
    assert.ok(prod.workloads.every(({ scale }) => scale.min >= 2 && scale.max > scale.min));
    assert.ok(prod.messaging.topics.every(({ replication, minInSync }) => replication === 3 && minInSync === 2));
    assert.ok(prod.workloads.every(({ settings }) => settings["FAULTS_ENABLED"] === "false"));
  });

  it("puts longer paths before shorter ones and keeps single methods single", () => {
    const lengths = (dev.entry?.routes ?? []).map(({ path }) => path.length);
    assert.deepEqual(
      lengths,
      lengths.toSorted((a, b) => b - a),
    );
    assert.equal(dev.entry?.routes.find(({ path }) => path === "/payments")?.method, "GET");
    assert.equal(dev.entry?.maxBodyBytes, parseBytes("64Ki"));
  });
});
