import assert from "node:assert/strict";
import type { StorePlan } from "../../model/plan/stores.ts";
import { value } from "../../test/platform.contract.ts";
import { type Recorded, recordResources } from "../../test/record-resources.ts";
import { shopPlan } from "../../test/shop.ts";
import type { StoreConnection } from "../platform.ts";
import { connectCluster } from "./cluster.ts";
import { refuseUnknownExtensions } from "./postgres-extensions.ts";
import { runStores } from "./stores.ts";

const CLUSTER = {
  name: "test",
  kubeconfig: "kubeconfig",
  context: null,
  storageClass: "local-path",
  gatewayClass: "traefik",
  url: "http://127.0.0.1:8080",
} as const;

const store = (name: string, kind: StorePlan["kind"], other: Partial<StorePlan> = {}): StorePlan => ({
  ...{ name, kind, keeps: "every write", database: name, migrator: null, maxConnections: 10 },
  ...{ users: [{ service: "order", user: "order", may: "write" }], extensions: [] },
  ...other,
});

interface Input {
  readonly data: Record<string, string>;
  readonly spec: { readonly volumeClaimTemplates: unknown[]; readonly ingress: { readonly from: unknown }[] };
}

const STORES = [
  store("goods", "postgres", {
    users: [
      { service: "order", user: "order", may: "write" },
      { service: "printer", user: "printer", may: "read" },
    ],
    migrator: "goods_owner",
    extensions: ["pg_trgm"],
  }),
  store("bills", "postgres"),
  store("cards", "mysql"),
  store("cart", "redis", { keeps: "last hour" }),
  store("views", "redis", { keeps: "nothing" }),
];

describe("stores on one machine", () => {
  let connections: ReadonlyMap<string, StoreConnection>;
  let resources: readonly Recorded[];
  const inputs = (type: string, name: string) =>
    resources.find((one) => one.type.endsWith(`:${type}`) && one.name === name)?.inputs as Input;
  const claims = (name: string) => inputs("StatefulSet", name).spec.volumeClaimTemplates;

  before(async () => {
    resources = await recordResources("dev", (parent) => {
      const plan = { ...shopPlan(), stores: STORES };
      const cluster = connectCluster(plan, CLUSTER, { parent });
      const image = (name: string) => ({ reference: `registry/${name}:b1`, version: "b1" });
      connections = new Map(runStores({ plan, cluster, image }, { parent, provider: cluster.provider }));
    });
  });

  it("are one server of each kind of database, and a Redis for each store", () => {
    const sets = resources.filter(({ type }) => type.endsWith(":StatefulSet")).map(({ name }) => name);
    assert.deepEqual(sets.toSorted(), ["shop-cart", "shop-mariadb", "shop-postgres", "shop-views"]);
    assert.deepEqual([...connections.keys()].toSorted(), ["bills", "cards", "cart", "goods", "views"]);
  });

  it("have all databases of one server made by one Job, with each user's right", () => {
    const { data } = inputs("ConfigMap", "shop-databases-postgres");
    const { engine, databases } = JSON.parse(data["databases.json"] ?? "");
    assert.equal(engine, "postgres");
    assert.deepEqual(
      databases.map(
        ({
          name,
          users,
          extensions,
        }: {
          name: string;
          users: { name: string; may: string }[];
          extensions: string[];
        }) => [name, users.map((user) => `${user.name} ${user.may}`), extensions],
      ),
      [
        ["goods", ["order write", "printer read", "goods_owner change"], ["pg_trgm"]],
        ["bills", ["order write"], []],
      ],
    );
  });

  it("are reached by those who use them, by their own names, once they are ready", async () => {
    const goods = connections.get("goods");
    assert.deepEqual([goods?.port, goods?.name, goods?.login("printer").user], [5432, "goods", "printer"]);
    assert.equal(goods?.migrator?.user, "goods_owner");
    assert.equal(await value(connections.get("cart")?.host ?? ""), "cart");
    assert.equal(connections.get("cart")?.migrator, null);
    for (const connection of connections.values()) assert.equal(connection.ready.length, 1);
  });

  it("let in nobody else", () => {
    const { spec } = inputs("NetworkPolicy", "shop-cart");
    assert.match(JSON.stringify(spec.ingress[0]?.from), /"values":\["order"\]/);
    const postgres = JSON.stringify(inputs("NetworkPolicy", "shop-postgres"));
    assert.match(postgres, /"values":\["order","printer","databases-postgres"\]/);
  });

  it("have a disk unless they keep nothing", () => {
    assert.equal(claims("shop-cart").length, 1);
    assert.equal(claims("shop-postgres").length, 1);
    assert.deepEqual(claims("shop-views"), []);
  });

  it("write down what they promise to keep: every write, the last hour, or nothing", () => {
    const args = (name: string) => JSON.stringify(inputs("StatefulSet", name));
    assert.match(args("shop-cart"), /"--save","3600","1"/);
    assert.match(args("shop-views"), /"allkeys-lru"/);
    assert.doesNotMatch(args("shop-views"), /--save|--appendonly/);
  });

  it("are refused an extension that the server does not have, before anything is made", () => {
    assert.doesNotThrow(() => refuseUnknownExtensions({ name: "shop", stores: STORES }, false));
    assert.throws(
      () =>
        refuseUnknownExtensions(
          { name: "shop", stores: [store("goods", "postgres", { extensions: ["vector", "pg_trgm"] })] },
          false,
        ),
      /^.*shop: the PostgreSQL 15 .* does not have: store "goods": extension "vector"; it has autoinc, .*Fix systems\/shop\/system\.ts/,
    );
  });

  it("show no password", () => {
    assert.doesNotMatch(JSON.stringify(resources), /password-of-/);
  });
});
