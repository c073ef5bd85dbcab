import type { Cases } from "../../testing/case.ts";
import { BREAKER_OF_PAYMENT, ROUTE_TO_PAYMENT, STRICT_TLS } from "../../testing/mesh.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "mesh-is-strict": { given: { "+": [ROUTE_TO_PAYMENT, BREAKER_OF_PAYMENT, STRICT_TLS], "Namespace/shop metadata.labels.istio-injection": "enabled" }, fails: { "PeerAuthentication/default spec.mtls.mode": "PERMISSIVE" }, boundary: { "PeerAuthentication/default metadata.namespace": "istio-system" } },
};
