import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { Platform, StoreConnection } from "../components/platform.ts";
import type { SystemPlan } from "../model/plan.ts";
import { type Answers, recordResources } from "./record-resources.ts";
import { shopPlan } from "./shop.ts";

/** Makes the platform under test below `parent`. */
export type MakePlatform = (plan: SystemPlan, parent: pulumi.Resource) => Platform;

/** What every platform promises a system, whatever it runs on. Each implementation's test calls this once. */
export function describePlatform(name: string, make: MakePlatform, answers?: Answers): void {
  const on = async (check: (platform: Platform, plan: SystemPlan) => Promise<void>): Promise<void> => {
    const checks: Promise<void>[] = [];
    const plan = shopPlan();
    await recordResources("dev", (root) => checks.push(check(make(plan, root), plan)), answers);
    await Promise.all(checks);
  };

  describe(`${name} as a platform`, () => {
    it("gives the system a namespace of its own and says where volumes come from", () =>
      on(async ({ cluster }, plan) => {
        assert.equal(await value(cluster.namespace), plan.name);
        assert.ok(cluster.provider);
        assert.notEqual(cluster.storageClass, "");
      }));

    it("names the image of each service by what is in it, short enough for a label", () =>
      on(async (platform, plan) => {
        for (const workload of plan.workloads) {
          const { reference, version } = platform.image(workload.name);
          assert.doesNotMatch(await value(reference), /:latest$/);
          assert.match(await value(version), /^[a-z0-9]([-._a-z0-9]{0,61}[a-z0-9])?$/i);
        }
      }));

    it("tells where Kafka is, for clients and for network rules, and what to wait for", () =>
      on(async (platform) => {
        const broker = platform.broker("order");
        assert.match(await value(broker.brokers), /^[^:,]+:\d+(,[^:,]+:\d+)*$/);
        assert.ok(broker.peers.length > 0 && broker.ready.length > 0);
      }));

    it("gives each database a user for rows and one for tables, whose passwords are secret and differ", () =>
      on(async (platform) => {
        const { login, migrator, peers, ready } = platform.store("order-db");
        const app = login("order");
        assert.ok(migrator);
        assert.notEqual(app.user, migrator.user);
        assert.ok((await pulumi.isSecret(app.password)) && (await pulumi.isSecret(migrator.password)));
        assert.notEqual(await value(app.password), await value(migrator.password));
        assert.ok(peers.length > 0 && ready.length > 0);
      }));

    it("gives nobody a database that is not theirs", () =>
      on(async (platform) => {
        assert.throws((): StoreConnection => platform.store("printer-db"), /no store "printer-db"/);
        assert.throws(() => platform.store("order-db").login("printer"), /"printer" does not use the store/);
      }));

    it("has one way in, carried by pods that network rules can name", () =>
      on(async (platform, plan) => {
        const entry = platform.entry(plan.entry?.routes ?? []);
        assert.match(await value(entry.url), /^https?:\/\//);
        assert.ok(entry.peers.length > 0);
      }));
  });
}

/** What an output turns out to be. */
export function value<T>(input: pulumi.Input<T>): Promise<T> {
  return new Promise((resolve) => pulumi.output(input).apply((found) => resolve(found as T)));
}
