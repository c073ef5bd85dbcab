import type { Cases } from "../../testing/case.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "one-entry": { fails: { "Service/payment spec.type": "LoadBalancer" }, boundary: { "Service/payment spec.type": "ExternalName" } },
  "entry-speaks-tls": { fails: { "Gateway/entry spec.listeners[0].protocol": "HTTP" }, boundary: { "Gateway/entry spec.listeners[0].protocol": "TLS" } },
};
