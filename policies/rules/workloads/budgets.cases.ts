import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const budget = "PodDisruptionBudget/order spec";
const second = (app: string): object => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "second", namespace: "shop" },
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: "AlwaysAllow",
    selector: { matchLabels: { "app.kubernetes.io/name": app } },
  },
});

// biome-ignore format: one case a line
export const cases: Cases = {
  "budget-exists": { fails: { "-": ["PodDisruptionBudget/order"] }, boundary: { [`${budget}.selector`]: {} }, unknown: { [`${budget}.selector`]: UNKNOWN } },
  "budget-says-something": { fails: { [`${budget}.maxUnavailable`]: undefined }, boundary: { [`${budget}.maxUnavailable`]: undefined, [`${budget}.minAvailable`]: "50%" } },
  "budget-allows-eviction": { fails: { [`${budget}.maxUnavailable`]: "0%" }, boundary: { [`${budget}.maxUnavailable`]: "1%" } },
  "budget-below-floor": {
    fails: { [`${budget}.maxUnavailable`]: undefined, [`${budget}.minAvailable`]: 3, "HorizontalPodAutoscaler/order spec.minReplicas": 2 },
    boundary: { [`${budget}.maxUnavailable`]: undefined, [`${budget}.minAvailable`]: 2 },
    unknown: { [`${budget}.maxUnavailable`]: undefined, [`${budget}.minAvailable`]: UNKNOWN },
  },
  "budget-frees-broken-pods": { fails: { [`${budget}.unhealthyPodEvictionPolicy`]: undefined }, boundary: { [`${budget}.unhealthyPodEvictionPolicy`]: "IfHealthyBudget" } },
  "drain-at-floor": {
    fails: { [`${budget}.maxUnavailable`]: undefined, [`${budget}.minAvailable`]: "75%" }, // of 2, rounded up, is 2
    boundary: { [`${budget}.maxUnavailable`]: undefined, [`${budget}.minAvailable`]: "50%" },
    unknown: { "HorizontalPodAutoscaler/order spec.minReplicas": UNKNOWN },
  },
  "budget-protects": { fails: { [`${budget}.maxUnavailable`]: 2 }, boundary: { [`${budget}.maxUnavailable`]: "50%" } },
  "one-budget": { fails: { "+": [second("order")] }, boundary: { "+": [second("nobody")] }, unknown: { "-": ["PodDisruptionBudget/payment"], [`${budget}.selector`]: UNKNOWN } },
};
