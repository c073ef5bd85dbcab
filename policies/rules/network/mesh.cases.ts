import type { Cases } from "../../testing/case.ts";

const virtual = {
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "payment", namespace: "shop" },
  spec: {
    hosts: ["payment"],
    http: [
      {
        route: [{ destination: { host: "payment.shop.svc.cluster.local" } }],
        timeout: "10s",
        retries: { attempts: 2, perTryTimeout: "3s" },
      },
    ],
  },
};
const rule = {
  apiVersion: "networking.istio.io/v1",
  kind: "DestinationRule",
  metadata: { name: "payment", namespace: "shop" },
  spec: {
    host: "payment",
    trafficPolicy: {
      connectionPool: { tcp: { connectTimeout: "1s" } },
      outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 50 },
    },
  },
};
const peers = {
  apiVersion: "security.istio.io/v1",
  kind: "PeerAuthentication",
  metadata: { name: "default", namespace: "shop" },
  spec: { mtls: { mode: "STRICT" } },
};
const given = { "+": [virtual, rule] };

// biome-ignore format: one case a line
export const cases: Cases = {
  "retry-budget": { given, fails: { "VirtualService/payment spec.http[0].timeout": "8s" }, boundary: { "VirtualService/payment spec.http[0].timeout": "9s" } }, // 3 × 3 s
  "breaker-coverage": { given, fails: { "DestinationRule/payment spec.trafficPolicy.outlierDetection.maxEjectionPercent": 100 }, boundary: { "DestinationRule/payment spec.trafficPolicy.outlierDetection.maxEjectionPercent": 99 } },
  "mesh-is-strict": { given: { "+": [virtual, rule, peers], "Namespace/shop metadata.labels.istio-injection": "enabled" }, fails: { "PeerAuthentication/default spec.mtls.mode": "PERMISSIVE" }, boundary: { "PeerAuthentication/default metadata.namespace": "istio-system" } },
};
