import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const container = "Deployment/order $c";
const pod = "Deployment/order $p";

const startup = 'Deployment/order metadata.annotations["slipway.dev/startup-seconds"]';

// biome-ignore format: one case a line
export const cases: Cases = {
  "readiness-before-liveness": {
    fails: { [`${container}.readinessProbe.periodSeconds`]: 10, [`${container}.readinessProbe.failureThreshold`]: 3, [`${container}.livenessProbe.periodSeconds`]: 10, [`${container}.livenessProbe.failureThreshold`]: 3 },
    boundary: { [`${container}.readinessProbe.periodSeconds`]: 8, [`${container}.readinessProbe.failureThreshold`]: 3 },
  },
  "startup-survives": {
    fails: { [startup]: "61" },
    boundary: { [startup]: "60" },
    unknown: { [`${container}.startupProbe.periodSeconds`]: UNKNOWN },
  },
  "rollout-deadline": { fails: { "Deployment/order spec.progressDeadlineSeconds": 82 }, boundary: { "Deployment/order spec.progressDeadlineSeconds": 83 } }, // 1.2 × (60 + 4 + 5)
  "shutdown-budget": {
    fails: { [`${container}.lifecycle.preStop.sleep.seconds`]: 4 },
    boundary: { [`${container}.lifecycle.preStop`]: { exec: { command: ["sh", "-c", "sleep 5"] } }, [`${pod}.terminationGracePeriodSeconds`]: 15 },
    unknown: { [`${container}.lifecycle.preStop`]: { exec: { command: ["/app/leave"] } } },
  },
  "requests-finish": { fails: { "HTTPRoute/order spec.rules[0].timeouts.request": "38s" }, boundary: { "HTTPRoute/order spec.rules[0].timeouts.request": "37s" } },
};
