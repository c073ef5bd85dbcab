import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";
import { shopPlan } from "../../../test/shop.ts";
import { STAGE } from "../../../model/stage.ts";
import { databaseArguments } from "./database-arguments.ts";
import { MARIADB } from "./engine.ts";
import type { AwsSettings } from "../account/settings.ts";

describe("databases on AWS", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  it("speak TLS only, know every language and say what is slow", () => {
    const parameters = Object.fromEntries(
      (shop.only("aws:rds/parameterGroup:ParameterGroup")["parameters"] as { name: string; value: string }[]).map(
        ({ name, value }) => [name, value],
      ),
    );
    const {
      require_secure_transport: tls,
      character_set_server: text,
      slow_query_log: slow,
      log_output: where,
    } = parameters;
    assert.deepEqual([tls, text, slow, where], ["1", "utf8mb4", "1", "FILE"]);
    const { parameterGroupName, enabledCloudwatchLogsExports } = shop.only("aws:rds/instance:Instance");
    assert.deepEqual(
      [parameterGroupName, enabledCloudwatchLogsExports],
      [shop.of("aws:rds/parameterGroup:ParameterGroup")[0]?.name, ["error", "slowquery"]],
    );
  });

  it("are watched closely: Database Insights, and the machine twice a minute", () => {
    const { databaseInsightsMode, performanceInsightsEnabled, monitoringInterval, monitoringRoleArn } =
      shop.only("aws:rds/instance:Instance");
    assert.deepEqual(
      [databaseInsightsMode, performanceInsightsEnabled, monitoringInterval, monitoringRoleArn],
      ["standard", true, 30, "slipway-shop-monitoring-id"],
    );
  });

  it("keep the storage that they grew to: a deployment never asks for the first size again", () => {
    assert.deepEqual(shop.of("aws:rds/instance:Instance")[0]?.ignoreChanges, ["allocatedStorage"]);
  });

  it("leave a snapshot when they go, under a name that the next server of this name does not want too", () => {
    const { skipFinalSnapshot, finalSnapshotIdentifier } = shop.only("aws:rds/instance:Instance");
    assert.equal(skipFinalSnapshot, false);
    assert.match(String(finalSnapshotIdentifier), /^shop-final-./);
  });

  it("keep a week of backups even where the stage asks for less", () => {
    const settings = { database: { version: "11.4", instanceClass: "db.m7g.large" } } as AwsSettings;
    const numbers = { ...STAGE.prod, database: { ...STAGE.prod.database, backupDays: 1 } };
    assert.equal(
      databaseArguments({ identifier: "shop", engine: MARIADB, settings, numbers, kmsKeyId: "key" })
        .backupRetentionPeriod,
      7,
    );
  });

  it("are prepared by a Job that waits for the server, with a user and a migrator for each owner", () => {
    const job = shop.of("kubernetes:batch/v1:Job").find(({ name }) => name === "shop-databases");
    assert.ok(job?.dependsOn?.includes("aws:rds/instance:Instance shop"));
    const [file] = shop.of("kubernetes:core/v1:ConfigMap").filter(({ name }) => name === "shop-databases");
    assert.match(JSON.stringify(file?.inputs), /order_owner/);
    assert.deepEqual(
      shop
        .of("random:index/randomPassword:RandomPassword")
        .map(({ name }) => name)
        .filter((name) => name.startsWith("shop-mariadb-"))
        .toSorted(),
      ["shop-mariadb-order", "shop-mariadb-order_owner"],
    );
  });

  it("are reached over TLS by those who use them", () => {
    const settings = shop.of("kubernetes:core/v1:ConfigMap").find(({ name }) => name === "shop-order");
    assert.equal((inputs(settings)["data"] as Record<string, string>)["DATABASE_TLS"], "required");
  });

  it("let services start only when their databases are there", () => {
    const migration = shop.of("kubernetes:batch/v1:Job").find(({ name }) => name === "shop-order-migration");
    assert.ok(migration?.dependsOn?.includes("kubernetes:batch/v1:Job shop-databases"), String(migration?.dependsOn));
  });

  it("keep what the administrator's password is to themselves", async () => {
    const generated = await awsGraph({ "slipway:databaseMaster": "generated" });
    assert.doesNotMatch(JSON.stringify(generated.all), /password-of-/);
  });

  it("keeps databases in two zones, encrypted, private, backed up and hard to delete", () => {
    const database = shop.only("aws:rds/instance:Instance");
    const expected = {
      multiAz: true,
      storageEncrypted: true,
      publiclyAccessible: false,
      deletionProtection: true,
      skipFinalSnapshot: false,
      manageMasterUserPassword: true,
      iamDatabaseAuthenticationEnabled: true,
      performanceInsightsEnabled: true,
      enabledCloudwatchLogsExports: ["error", "slowquery"],
      port: 3306,
    };
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(database[key], value, key);
    assert.ok(
      Number(database["backupRetentionPeriod"]) >= 7 &&
        Number(database["maxAllocatedStorage"]) > Number(database["allocatedStorage"]),
    );
    const parameters = shop.only("aws:rds/parameterGroup:ParameterGroup")["parameters"] as {
      name: string;
      value: string;
    }[];
    assert.ok(parameters.some(({ name, value }) => name === "require_secure_transport" && value === "1"));
  });

  it("gives each owner a server of its own where asked, with a generated password where asked", async () => {
    const separate = await awsGraph({ "slipway:databasePer": "service", "slipway:databaseMaster": "generated" });
    const servers = separate.of("aws:rds/instance:Instance").map(inputs);
    assert.deepEqual(
      servers.map(({ identifier }) => identifier),
      shopPlan().stores.map(({ database }) => `shop-${database}`),
    );
    for (const { password } of servers) assert.equal(password, "[secret]");
  });
});
