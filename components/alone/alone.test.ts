import assert from "node:assert/strict";
import { Kubernetes } from "../kinds.ts";
import type { MicroserviceArgs } from "./microservice.ts";
import { Gateway } from "./gateway.ts";
import { Microservice } from "./microservice.ts";
import { recordResources } from "../../test/record-resources.ts";

const SERVICE = {
  purpose: "Takes orders",
  tier: "standard",
  from: { image: "registry.example.com/orders:1.2" },
  answers: { http: { protocol: "http", listens: 8000 } },
  health: { ready: "/ready", alive: "/alive" },
  slo: { declined: "an example promises nothing" },
  routes: [{ path: "/orders", access: "anyone" }],
} as const satisfies MicroserviceArgs["service"];
const ENTRANCE = {
  gatewayClass: "traefik",
  namespace: "traefik",
  labels: { app: "traefik" },
  port: 8000,
  url: "https://shop.example.com",
};

describe("a component alone, in a program of one's own", () => {
  it("declares a service with all that belongs to it, in a namespace that is there", async () => {
    const resources = await recordResources("own", (parent) => {
      const provider = new Kubernetes("theirs", {}, { parent });
      const cluster = { provider, namespace: "shop" };
      new Microservice(
        "orders",
        { service: SERVICE, cluster, owner: "shop-team", stage: "dev", entrance: ENTRANCE },
        { parent },
      );
    });
    const kinds = resources.map(({ type }) => type.split(":").at(-1));
    for (const kind of [
      "Microservice",
      "Deployment",
      "Service",
      "NetworkPolicy",
      "PodDisruptionBudget",
      "ServiceAccount",
    ])
      assert.ok(kinds.includes(kind), `${kind} is not among ${kinds.join(", ")}`);
  });

  it("declares a gateway with its limits and a route for each service", async () => {
    const resources = await recordResources("own", (parent) => {
      const provider = new Kubernetes("theirs", {}, { parent });
      new Gateway(
        "shop",
        {
          services: { orders: { port: 8000, routes: SERVICE.routes } },
          limits: { rateLimit: { perSecond: 10, burst: 20 }, maxBody: "64Ki" },
          cluster: { provider, namespace: "shop" },
          entrance: ENTRANCE,
          owner: "shop-team",
        },
        { parent },
      );
    });
    assert.ok(resources.some(({ name }) => name === "shop-orders"));
  });

  it("says every fault of its description at once", async () => {
    await recordResources("own", (parent) => {
      const provider = new Kubernetes("theirs", {}, { parent });
      const cluster = { provider, namespace: "shop" };
      const wrong = {
        ...SERVICE,
        answers: { http: { protocol: "http", listens: 0 } },
        health: { ready: "x", alive: "y" },
      } as const;
      assert.throws(
        () =>
          new Microservice("orders", { service: wrong, cluster, owner: "shop-team", entrance: ENTRANCE }, { parent }),
        /orders.*listens[^]*health/,
      );
    });
  });
});
