import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { describePlatform, value } from "../../test/platform.contract.ts";
import { recordResources } from "../../test/record-resources.ts";
import { shopPlan } from "../../test/shop.ts";
import { TOKEN } from "../../model/names.ts";
import { System } from "../system.ts";
import { LocalPlatform } from "./platform.ts";

const CLUSTER = {
  name: "test",
  kubeconfig: "kubeconfig",
  context: null,
  storageClass: "local-path",
  gatewayClass: "traefik",
  url: "http://127.0.0.1:8080",
} as const;

const AROUND = {
  cluster: CLUSTER,
  image: (name: string) => `registry/${name}:b1`,
  traces: null,
  secret: () => pulumi.secret(""),
  addressOf: () => ({ host: "store.example.com", port: 443 }),
};

function shopOn(parent: pulumi.Resource, inspect: (platform: LocalPlatform, system: System) => void = () => {}): void {
  const plan = shopPlan();
  const platform = new LocalPlatform("shop-platform", { plan, ...AROUND }, { parent });
  inspect(platform, new System("shop", { plan, platform }, { parent }));
}

describePlatform("local", (plan, parent) => new LocalPlatform("p", { plan, ...AROUND }, { parent }));

describe("local platform", () => {
  it("sends a client to the port of this machine that leads to the gateway", async () => {
    const urls: Promise<string | null>[] = [];
    await recordResources("dev", (root) => shopOn(root, (_, system) => urls.push(value(system.url))));
    assert.deepEqual(await Promise.all(urls), ["http://127.0.0.1:8080"]);
  });
});

describe("every resource of a system", () => {
  it("belongs to a component and names its cluster", async () => {
    const resources = await recordResources("dev", (root) => shopOn(root));
    for (const { type, name, parent, provider } of resources) {
      assert.ok(parent !== "" || type === TOKEN.system || type === TOKEN.platform, `${type} ${name} has no parent`);
      if (type.startsWith("kubernetes:")) assert.ok(provider, `${type} ${name} has no provider`);
    }
  });

  it("waits for what it cannot start without: topics, migration, network rules", async () => {
    const resources = await recordResources("dev", (root) => shopOn(root));
    const order = resources.find(({ type, name }) => type === "kubernetes:apps/v1:Deployment" && name === "shop-order");
    assert.deepEqual(order?.dependsOn, [
      "kubernetes:networking.k8s.io/v1:NetworkPolicy shop-order",
      "kubernetes:batch/v1:Job shop-topics",
      "kubernetes:batch/v1:Job shop-order-migration",
    ]);
  });

  it("shows no secret in what it registers", async () => {
    const resources = await recordResources("dev", (root) => shopOn(root));
    assert.doesNotMatch(JSON.stringify(resources), /password-of-/);
  });

  it("includes only what a service needs: no database, no Kafka, no volume where none is owned", async () => {
    const resources = await recordResources("dev", (root) => shopOn(root));
    const ofCardCheck = resources
      .filter(({ parent }) => parent === `${TOKEN.microservice} shop-card-check`)
      .map(({ type }) => type.split(":").at(-1));
    assert.deepEqual(ofCardCheck.toSorted(), [
      "ConfigMap",
      "Deployment",
      "HorizontalPodAutoscaler",
      "NetworkPolicy",
      "PodDisruptionBudget",
      "Service",
      "ServiceAccount",
    ]);
    const ofPrinter = resources
      .filter(({ parent }) => parent === `${TOKEN.microservice} shop-printer`)
      .map(({ type }) => type.split(":").at(-1));
    assert.ok(ofPrinter.includes("PersistentVolumeClaim"));
    assert.equal(ofPrinter.includes("HorizontalPodAutoscaler"), false);
  });
});

describe("microservice", () => {
  it("registers its plan, so that declared calls can be compared with what exists", async () => {
    const resources = await recordResources("dev", (root) => shopOn(root));
    const order = resources.find(({ type, name }) => type === TOKEN.microservice && name === "shop-order");
    const { plan } = order?.inputs as { plan: { calls: { callee: string }[] } };
    assert.deepEqual(
      plan.calls.map(({ callee }) => callee),
      ["card-check"],
    );
  });
});
