import assert from "node:assert/strict";
import { serviceAt, shopPlan, workloadOf } from "../../../test/shop.ts";
import { administratorCredential, databasesFile } from "./databases-job.ts";
import { job } from "../pods/job.ts";
import { kafkaContainer } from "./kafka.ts";
import { mariadbContainers } from "./mariadb.ts";
import { postgresContainers } from "./postgres.ts";
import { redisContainers } from "./redis.ts";
import { headlessService, service } from "../service.ts";
import { statefulSet } from "./stateful-set.ts";
import { topicsFile } from "./topics-job.ts";

const image = { reference: "registry/store:1", version: "1" };
const store = { ...serviceAt("kafka"), component: "store" as const };

describe("topics", () => {
  const { topics } = JSON.parse(topicsFile(shopPlan("prod").messaging.topics, 1)["topics.json"] ?? "") as {
    topics: Record<string, unknown>[];
  };

  it("come with their dead-letter twins", () => {
    assert.deepEqual(
      topics.map((topic) => topic["name"]),
      ["shop.order", "shop.order.printer.dlq"],
    );
  });

  it("ask for no more copies than there are brokers", () => {
    assert.deepEqual(
      topics.map((topic) => topic["replicas"]),
      [1, 1],
    );
  });

  it("keep events as long as planned", () => {
    assert.equal((topics[0]?.["configs"] as Record<string, string>)["retention.ms"], String(168 * 3_600_000));
  });
});

describe("databases", () => {
  it("have one user for rows and another for tables, whose passwords are named and not written", () => {
    const file = databasesFile("mariadb", shopPlan().stores)["databases.json"] ?? "";
    assert.deepEqual(JSON.parse(file), {
      engine: "mariadb",
      databases: [
        {
          name: "order",
          users: [
            { name: "order", may: "write", passwordEnv: "ORDER_PASSWORD" },
            { name: "order_owner", may: "change", passwordEnv: "ORDER_OWNER_PASSWORD" },
          ],
          extensions: [],
        },
      ],
    });
  });

  it("get their passwords from the variables the file names", () => {
    const values = administratorCredential(
      { host: "mariadb", port: 3306, tls: "off", user: "root", password: "r" },
      new Map([
        ["order", "a"],
        ["order_owner", "b"],
      ]),
    );
    assert.equal(values["ORDER_PASSWORD"], "a");
    assert.equal(values["ORDER_OWNER_PASSWORD"], "b");
    assert.equal(values["DATABASE_PASSWORD"], "r");
  });
});

describe("stores", () => {
  it("keep their disk when the set that used it is gone", () => {
    const { spec } = statefulSet({
      owner: store,
      image,
      serviceAccount: "kafka",
      containers: [],
      volumes: [],
      storage: "2Gi",
      storageClass: "local-path",
      metricsPort: 9404,
      drainSeconds: 45,
    }) as unknown as { spec: Record<string, unknown> };
    assert.deepEqual(spec["persistentVolumeClaimRetentionPolicy"], { whenDeleted: "Retain", whenScaled: "Retain" });
    assert.equal(spec["serviceName"], "kafka");
  });

  const containers = [
    kafkaContainer(image, "kafka"),
    ...mariadbContainers(image, 100),
    ...postgresContainers(image, 100),
    ...redisContainers(image, "nothing"),
  ];
  for (const container of containers) {
    it(`let ${String(container.name)} run as nobody, with all probes and as much memory as it asked for`, () => {
      assert.equal((container.securityContext as Record<string, unknown>)["readOnlyRootFilesystem"], true);
      assert.ok(container.startupProbe && container.readinessProbe && container.livenessProbe);
      const { requests, limits } = container.resources as Record<"requests" | "limits", Record<string, string>>;
      assert.equal(requests["memory"], limits["memory"]);
    });
  }

  it("give the server as many connections as all its services may open", () => {
    assert.ok((mariadbContainers(image, 120)[0]?.args as string[]).includes("--max-connections=120"));
    assert.ok((postgresContainers(image, 120)[0]?.args as string[]).includes("max_connections=120"));
  });
});

describe("jobs", () => {
  it("have no name, so that a new image or a new input runs them again", () => {
    const made = job({
      owner: store,
      image,
      command: ["task"],
      serviceAccount: "job",
      env: [],
      memory: "64Mi",
      files: null,
    });
    assert.equal("name" in (made.metadata as object), false);
  });
});

describe("a job that was given something wrong", () => {
  it("fails at once instead of trying again", () => {
    const { spec } = job({
      owner: store,
      image,
      command: ["task"],
      serviceAccount: "job",
      env: [],
      memory: "64Mi",
      files: null,
    }) as unknown as { spec: Record<string, unknown> };
    assert.deepEqual(spec["podFailurePolicy"], {
      rules: [{ action: "FailJob", onExitCodes: { containerName: "store", operator: "In", values: [2] } }],
    });
  });
});

describe("services", () => {
  it("show business traffic and no metrics", () => {
    assert.deepEqual((service(serviceAt("order"), workloadOf("order")).spec as { ports: unknown }).ports, [
      { name: "http", port: 8080, targetPort: "http" },
    ]);
  });

  it("give each member of a store an address before it is ready", () => {
    const { spec } = headlessService(store, [{ name: "kafka", port: 9092 }]) as { spec: Record<string, unknown> };
    assert.equal(spec["clusterIP"], "None");
    assert.equal(spec["publishNotReadyAddresses"], true);
  });
});
