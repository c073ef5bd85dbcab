import assert from "node:assert/strict";
import { shopOfStores } from "../../test/plans/shop-of-stores.ts";
import { recordResources } from "../../test/record-resources.ts";
import { storePorts } from "../observability/prometheus/prometheus-traffic.ts";
import { connectCluster } from "./cluster.ts";
import { runStores } from "./stores.ts";

const CLUSTER = {
  name: "test",
  kubeconfig: "kubeconfig",
  context: null,
  storageClass: "local-path",
  gatewayClass: "traefik",
  url: "http://127.0.0.1:8080",
} as const;

describe("the figures of stores", () => {
  it("are reached by Prometheus at every port where a store says that it has them", async () => {
    const plan = shopOfStores();
    const resources = await recordResources("dev", (parent) => {
      const cluster = connectCluster(plan, CLUSTER, { parent });
      const image = (name: string) => ({ reference: `registry/${name}:b1`, version: "b1" });
      runStores({ plan, cluster, image }, { parent, provider: cluster.provider });
    });
    const said = resources
      .filter(({ type }) => type.endsWith(":StatefulSet"))
      .map(({ inputs }) => /"prometheus\.io\/port":"(\d+)"/.exec(JSON.stringify(inputs))?.[1]);
    assert.deepEqual([...new Set(said)].toSorted(), ["9104", "9121", "9187"]);
    for (const port of said) assert.ok(storePorts([plan]).includes(Number(port)), port);
  });
});
