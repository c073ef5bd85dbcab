import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const again = (namespace: string): object => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "limits-0a1b2c3d", namespace },
  data: {},
});

// biome-ignore format: one case a line
export const cases: Cases = {
  "lists-are-lists": { fails: { "Deployment/order $p.tolerations": { key: "x" } }, boundary: { "Deployment/order $p.tolerations": [{ key: "x" }] }, unknown: { "ConfigMap/limits-0a1b2c3d apiVersion": UNKNOWN } },
  "declared-once": { fails: { "+": [again("shop")] }, boundary: { "+": [again("tools")] }, unknown: { "ConfigMap/limits-0a1b2c3d metadata.name": UNKNOWN } },
  "amounts-readable": { fails: { "Deployment/order $c.resources.requests.gpu": "-1" }, boundary: { "Deployment/order $c.resources.requests.gpu": "0" } },
};
