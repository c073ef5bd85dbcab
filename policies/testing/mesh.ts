/** The objects of a mesh that guard the call from order to payment in the good system. */

const istio = (group: string, kind: string, name: string, spec: object): object => ({
  apiVersion: `${group}.istio.io/v1`,
  kind,
  metadata: { name, namespace: "shop" },
  spec,
});

export const ROUTE_TO_PAYMENT = istio("networking", "VirtualService", "payment", {
  hosts: ["payment"],
  http: [
    {
      route: [{ destination: { host: "payment.shop.svc.cluster.local" } }],
      timeout: "10s",
      retries: { attempts: 2, perTryTimeout: "3s" },
    },
  ],
});

export const BREAKER_OF_PAYMENT = istio("networking", "DestinationRule", "payment", {
  host: "payment",
  trafficPolicy: {
    connectionPool: { tcp: { connectTimeout: "1s" } },
    outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 50 },
  },
});

export const STRICT_TLS = istio("security", "PeerAuthentication", "default", { mtls: { mode: "STRICT" } });
