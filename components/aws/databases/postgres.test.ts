import assert from "node:assert/strict";
import { type AwsGraph, awsGraphOf, inputs } from "../../../test/aws-graph.ts";
import { settingFaults } from "../../../test/aws-account.ts";
import { shopOfStores } from "../../../test/plans/shop-of-stores.ts";

describe("PostgreSQL on AWS", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  const named = (type: string, name: string) => inputs(shop.of(type).find((one) => one.name === name));
  before(async () => void (shop = await awsGraphOf(shopOfStores())));

  it("stands beside MariaDB, whose names stay what they were", () => {
    const servers = shop.of("aws:rds/instance:Instance");
    assert.deepEqual(
      servers.map(({ name, protect }) => [name, protect]),
      [
        ["shop", true],
        ["shop-postgres", true],
      ],
    );
    const windows = servers.map((server) => inputs(server)["maintenanceWindow"]);
    assert.deepEqual(windows, ["sun:03:00-sun:04:00", "mon:03:00-mon:04:00"]);
  });

  it("is as hard to lose as MariaDB: two zones, encrypted, private, backed up", () => {
    const { engine, engineVersion, port, ...server } = named("aws:rds/instance:Instance", "shop-postgres");
    assert.deepEqual([engine, engineVersion, port], ["postgres", "17", 5432]);
    for (const key of ["multiAz", "storageEncrypted", "deletionProtection", "manageMasterUserPassword"])
      assert.equal(server[key], true, key);
    assert.equal(server["publiclyAccessible"], false);
    assert.ok(Number(server["backupRetentionPeriod"]) >= 7);
  });

  it("takes TLS only, and writes down what is slow, what waits and what changes tables", () => {
    const { family, parameters } = named("aws:rds/parameterGroup:ParameterGroup", "slipway-shop-postgres");
    assert.equal(family, "postgres17");
    const values = Object.fromEntries(
      (parameters as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
    );
    assert.deepEqual(values, {
      "rds.force_ssl": "1",
      log_min_duration_statement: "500",
      log_statement: "ddl",
      log_lock_waits: "1",
    });
    assert.deepEqual(named("aws:rds/instance:Instance", "shop-postgres")["enabledCloudwatchLogsExports"], [
      "postgresql",
      "upgrade",
    ]);
  });

  it("lets in the cluster alone, by its own port", () => {
    const rule = named("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "slipway-shop-postgres");
    assert.deepEqual([rule["fromPort"], rule["toPort"], rule["referencedSecurityGroupId"]], [5432, 5432, "sg-cluster"]);
  });

  it("is prepared by a Job of its own, with each user's right", () => {
    const job = shop.of("kubernetes:batch/v1:Job").find(({ name }) => name === "shop-databases-postgres");
    assert.ok(job?.dependsOn?.includes("aws:rds/instance:Instance shop-postgres"));
    const { data } = named("kubernetes:core/v1:ConfigMap", "shop-databases-postgres") as {
      data: Record<string, string>;
    };
    const { engine, databases } = JSON.parse(data["databases.json"] ?? "");
    assert.equal(engine, "postgres");
    assert.deepEqual(
      databases[0].users.map(({ name, may }: { name: string; may: string }) => `${name} ${may}`),
      ["order write", "printer read", "goods_owner change"],
    );
  });

  it("is watched, also for the end of its transaction numbers", () => {
    const alarms = shop.of("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name }) => name);
    assert.ok(alarms.includes("slipway-shop-postgres-database-transactions"));
    assert.ok(!alarms.includes("slipway-shop-database-transactions"));
    const connections = named("aws:cloudwatch/metricAlarm:MetricAlarm", "slipway-shop-postgres-database-connections");
    assert.equal(connections["threshold"], 720); // 80 % of what 8 GiB take: 901
  });

  it("is refused in a version that is no longer supported", () => {
    const said = settingFaults({ "slipway:postgresVersion": "13" }, [shopOfStores()]);
    assert.match(said, /slipway:postgresVersion: found "?13"?.*14 \(until 2027-02-28\)/);
  });
});
