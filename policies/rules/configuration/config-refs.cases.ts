import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const variable = "Deployment/order $c.env[7].valueFrom.configMapKeyRef";
const ingress = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "site", namespace: "shop" },
  spec: {
    tls: [{ secretName: "payment-5e6f7a8b" }],
    rules: [{ http: { paths: [{ path: "/a", backend: { service: { name: "order", port: { number: 8080 } } } }] } }],
  },
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "env-resolves": { fails: { [`${variable}.key`]: "LOG_LVL" }, boundary: { [`${variable}.key`]: "NO_SUCH_KEY", [`${variable}.optional`]: true } },
  "config-resolves": {
    fails: { "Deployment/order $p.volumes[1]": { name: "files", configMap: { name: "odrer" } } },
    boundary: { "Deployment/order $p.volumes[1]": { name: "files", projected: { sources: [{ secret: { name: "order-5e6f7a8b", items: [{ key: "DATABASE_PASSWORD", path: "p" }] } }] } } },
    unknown: { "Deployment/order $p.volumes[1]": { name: "files", configMap: { name: UNKNOWN } } },
  },
  "certificate-exists": {
    given: { "+": [ingress], "-": ["Gateway/entry"] },
    fails: { "Ingress/site spec.tls[0].secretName": "no-such" },
    boundary: { "Ingress/site spec.tls[0].secretName": "no-such", "Ingress/site metadata.annotations": { "cert-manager.io/cluster-issuer": "x" } },
  },
  "config-rolls": {
    given: { "+": [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "shared", namespace: "shop" }, data: { a: "b" } }] },
    fails: { "Deployment/order $p.volumes[1]": { name: "files", configMap: { name: "shared" } } },
    boundary: { "Deployment/order $p.volumes[1]": { name: "files", configMap: { name: "shared" } }, "Deployment/order spec.template.metadata.annotations": { "slipway.dev/drain-seconds": "20", "checksum/shared": "1" } },
    unknown: { "Deployment/order $p.volumes": UNKNOWN },
  },
};
