import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const live = "Deployment/order $c.livenessProbe";
const asked = (...command: string[]) => ({ exec: { command }, periodSeconds: 5, failureThreshold: 5 });

// biome-ignore format: one case a line
export const cases: Cases = {
  "commands-in-the-image": {
    fails: { [live]: asked("/bin/sh", "-c", "/app/alive") },
    boundary: { [live]: asked("/app/alive", "sh") },
    unknown: { [live]: { exec: { command: UNKNOWN } } },
  },
};
