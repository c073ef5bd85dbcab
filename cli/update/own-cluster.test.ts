import assert from "node:assert/strict";
import { missingParts } from "./own-cluster.ts";

describe("a cluster of the user", () => {
  it("may take a system when it has all that the embedded one brings", () => {
    const kinds = new Set([
      "gatewayclasses.gateway.networking.k8s.io",
      "middlewares.traefik.io",
      "pods.metrics.k8s.io",
    ]);
    assert.deepEqual(missingParts({ kinds, gatewayClasses: ["cilium", "traefik"], defaultStorageClass: true }), []);
  });

  it("is told everything that it lacks at once, what for, and how to get it", () => {
    const missing = missingParts({ kinds: new Set(), gatewayClasses: ["cilium"], defaultStorageClass: false });
    assert.deepEqual(
      missing.map((line) => line.split(":")[0]),
      ["GatewayClass", "Kind Middleware of traefik.io", "Metrics API", "StorageClass"],
    );
    assert.match(missing[0] ?? "", /found cilium, wanted "traefik".*Fix: helm upgrade --install traefik/);
    assert.ok(missing.every((line) => line.includes("Fix: ")));
  });
});
