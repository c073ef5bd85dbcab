import assert from "node:assert/strict";
import { settingFaults } from "../../../test/aws-account.ts";
import { type AwsGraph, awsGraphOf, inputs } from "../../../test/aws-graph.ts";
import { shopOfStores } from "../../../test/plans/shop-of-stores.ts";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";

describe("caches on AWS", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  const named = (type: string, name: string) => inputs(shop.of(type).find((one) => one.name === name));
  before(async () => void (shop = await awsGraphOf(shopOfStores())));

  it("are one for each store, in two zones, and take over by themselves", () => {
    assert.deepEqual(
      shop.of(GROUP).map(({ name }) => name),
      ["shop-cart", "shop-views"],
    );
    for (const cache of shop.of(GROUP).map(inputs))
      assert.deepEqual(
        [cache["engine"], cache["numCacheClusters"], cache["multiAzEnabled"], cache["automaticFailoverEnabled"]],
        ["valkey", 2, true, true],
      );
  });

  it("are encrypted on the way and at rest, with a key of the system", () => {
    for (const cache of shop.of(GROUP).map(inputs)) {
      assert.deepEqual([cache["atRestEncryptionEnabled"], cache["transitEncryptionEnabled"]], [true, true]);
      assert.equal(cache["transitEncryptionMode"], "required");
      assert.equal(cache["kmsKeyId"], "arn:aws:kms:slipway-shop-caches");
    }
  });

  it("know each service by a user of its own, with no more than its right, and nobody without a name", () => {
    const users = shop.of("aws:elasticache/user:User").map(inputs);
    assert.deepEqual(
      users.map(({ userId, userName, passwords }) => [userId, userName, passwords]),
      [
        ["shop-cart-order", "order", "[secret]"],
        ["shop-views-printer", "printer", "[secret]"],
      ],
    );
    assert.match(String(users[0]?.["accessString"]), /^on ~\* &\* \+@all -@admin -@dangerous/);
    assert.deepEqual(named("aws:elasticache/userGroup:UserGroup", "shop-cart")["userIds"], ["shop-cart-order"]);
    assert.deepEqual(named(GROUP, "shop-cart")["userGroupIds"], ["shop-cart"]);
  });

  it("are copied and protected as far as they promise to keep something", () => {
    const [cart, views] = ["shop-cart", "shop-views"].map((name) => shop.of(GROUP).find((one) => one.name === name));
    assert.deepEqual([cart?.protect, inputs(cart)["snapshotRetentionLimit"]], [true, 14]);
    assert.match(String(inputs(cart)["finalSnapshotIdentifier"]), /^shop-cart-final-./);
    assert.deepEqual([views?.protect ?? false, inputs(views)["snapshotRetentionLimit"]], [false, 0]);
    const policy = (name: string) => named("aws:elasticache/parameterGroup:ParameterGroup", name)["parameters"];
    assert.deepEqual(policy("shop-cart"), [{ name: "maxmemory-policy", value: "noeviction" }]);
    assert.deepEqual(policy("shop-views"), [{ name: "maxmemory-policy", value: "allkeys-lru" }]);
  });

  it("let in the cluster alone", () => {
    const rule = named("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "slipway-shop-caches");
    assert.deepEqual([rule["fromPort"], rule["referencedSecurityGroupId"]], [6379, "sg-cluster"]);
  });

  it("ring for each node: busy, short of memory, throwing away what is kept, behind", () => {
    const alarms = shop.of("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name }) => name);
    for (const what of ["cpu", "memory", "freeable", "evictions", "connections", "lag"])
      assert.ok(alarms.includes(`slipway-shop-cart-002-cache-${what}`), what);
    assert.ok(!alarms.includes("slipway-shop-views-001-cache-evictions"));
    const lag = named("aws:cloudwatch/metricAlarm:MetricAlarm", "slipway-shop-cart-001-cache-lag");
    assert.deepEqual(lag["dimensions"], { CacheClusterId: "shop-cart-001" });
  });

  it("are reached over TLS as rediss", () => {
    const passwords = shop.of("random:index/randomPassword:RandomPassword").map(({ name }) => name);
    assert.ok(passwords.includes("shop-cart-cache-order"));
    assert.doesNotMatch(JSON.stringify(shop.all), /password-of-/);
  });

  it("are refused where they would have to keep every write, which they cannot", () => {
    const plan = shopOfStores();
    const stores = plan.stores.map((store) => ({ ...store, keeps: "every write" as const }));
    assert.match(settingFaults({}, [{ ...plan, stores }]), /store "cart" of kind redis, which keeps every write/);
    assert.equal(settingFaults({}, [plan]), "");
  });
});
