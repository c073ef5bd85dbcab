import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const spread = "Deployment/order $p.topologySpreadConstraints";
const labels = { matchLabels: { "app.kubernetes.io/name": "order" } };
const apart = (app: string): object => ({
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 1,
        podAffinityTerm: {
          topologyKey: "kubernetes.io/hostname",
          labelSelector: { matchLabels: { "app.kubernetes.io/name": app } },
        },
      },
    ],
  },
});
const term =
  "Deployment/order $p.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm";
const both = { "Deployment/order $p.affinity": apart("order"), "Deployment/payment $p.affinity": apart("payment") };

// biome-ignore format: one case a line
export const cases: Cases = {
  "spread-declared": { fails: { [spread]: undefined }, boundary: { [spread]: undefined, "Deployment/order $p.affinity": apart("order") } },
  "anti-affinity-declared": { given: both, fails: { "Deployment/order $p.affinity": undefined }, boundary: { [`${term}.namespaces`]: ["other", "shop"] } },
  "topology-spread-declared": {
    limits: { keys: ["topology.kubernetes.io/zone"] },
    fails: { [`${spread}[0].topologyKey`]: "kubernetes.io/hostname" },
    boundary: { [`${spread}[1]`]: { maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway", labelSelector: labels } },
  },
  "topology-spread-valid": { fails: { [`${spread}[0].whenUnsatisfiable`]: "Never" }, boundary: { [`${spread}[0].minDomains`]: 3, [`${spread}[0].whenUnsatisfiable`]: "DoNotSchedule" } },
  "spread-effective": { fails: { [`${spread}[0].labelSelector.matchLabels["app.kubernetes.io/name"]`]: "odrer" }, boundary: { [`${spread}[0].maxSkew`]: 3 }, unknown: { [`${spread}[0].maxSkew`]: UNKNOWN } },
};
