import * as kubernetes from "@pulumi/kubernetes";
import * as slipway from "slipway/pulumi";

const provider = new kubernetes.Provider("theirs", { kubeconfig: "nowhere" });
const namespace = new kubernetes.core.v1.Namespace("shop", { metadata: { name: "shop" } }, { provider });
const cluster = { provider, namespace: namespace.metadata.name };
const entrance: slipway.Entrance = {
  gatewayClass: "traefik",
  namespace: "traefik",
  labels: { "app.kubernetes.io/name": "traefik" },
  port: 8000,
  url: "https://shop.example.com",
};

new slipway.Microservice("orders", {
  owner: "shop-team",
  cluster,
  entrance,
  service: {
    purpose: "Takes orders",
    tier: "standard",
    from: {
      image: "registry.example.com/orders:1.2@sha256:0000000000000000000000000000000000000000000000000000000000000000",
    },
    answers: { http: { protocol: "http", listens: 8000 } },
    health: { ready: "/ready", alive: "/alive" },
    slo: { declined: "an example promises nothing" },
    routes: [{ path: "/orders", access: "anyone" }],
  },
});
export const url = new slipway.Gateway("shop", {
  owner: "shop-team",
  cluster,
  entrance,
  services: { orders: { port: 8000, routes: [{ path: "/orders", access: "anyone" }] } },
  limits: { rateLimit: { perSecond: 10, burst: 20 }, maxBody: "64Ki" },
}).url;
