import type { Cases } from "../../testing/case.ts";

const resources = "Deployment/order $c.resources";

// biome-ignore format: one case a line
export const cases: Cases = {
  "cpu-request": {
    given: { "HorizontalPodAutoscaler/order spec.metrics": [{ type: "Pods", pods: { metric: { name: "rps" } } }], "-": ["ResourceQuota/shop"] },
    fails: { [`${resources}.requests.cpu`]: undefined },
    boundary: { [`${resources}.requests.cpu`]: 1 },
  },
  "memory-request": { fails: { [`${resources}.requests.memory`]: "128Mb" }, boundary: { [`${resources}.requests.memory`]: "1" } },
  "memory-limit": { fails: { [`${resources}.limits.memory`]: "0" }, boundary: { [`${resources}.limits.memory`]: "134217728" } },
  "cpu-limit": { fails: { [`${resources}.limits.cpu`]: undefined }, boundary: { [`${resources}.limits.cpu`]: 0.5 } },
  "ephemeral-storage-limit": { fails: { [`${resources}.limits.ephemeral-storage`]: undefined }, boundary: { [`${resources}.limits.ephemeral-storage`]: "1k" } },
  "resources-declared": {
    limits: { need: ["requests.cpu", "limits.ephemeral-storage"] },
    fails: { [`${resources}.limits.ephemeral-storage`]: undefined },
    boundary: { [`${resources}.limits.memory`]: undefined },
  },
  "memory-limit-is-request": { fails: { [`${resources}.limits.memory`]: "129Mi" }, boundary: { [`${resources}.limits.memory`]: "131072Ki" } },
  "memory-headroom": { fails: { [`${resources}.limits.memory`]: "257Mi" }, boundary: { [`${resources}.limits.memory`]: "256Mi" } },
  "heap-below-limit": {
    given: { "Deployment/order $c.args": ["--max-old-space-size=96"], "Deployment/order $c.env": [] },
    fails: { "Deployment/order $c.args[0]": "--max-old-space-size=128" },
    boundary: { "Deployment/order $c.args[0]": "-Xmx127m" },
  },
};
