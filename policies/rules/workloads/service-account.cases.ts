import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "token-not-mounted": {
    fails: { "Deployment/order $p.automountServiceAccountToken": true },
    boundary: { "Deployment/order $p.automountServiceAccountToken": undefined }, // its ServiceAccount says false
  },
  "service-account-named": {
    fails: { "Deployment/order $p.serviceAccountName": "default" },
    boundary: { "Deployment/order $p.serviceAccountName": undefined, "Deployment/order $p.serviceAccount": "order" },
  },
  "service-account-exists": {
    fails: { "Deployment/order $p.serviceAccountName": "odrer" },
    boundary: { "Deployment/order $p.serviceAccountName": "payment" },
    unknown: { "Deployment/order $p.serviceAccountName": UNKNOWN },
  },
};
