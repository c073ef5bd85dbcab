import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const live = "Deployment/order $c.livenessProbe";
const ready = "Deployment/order $c.readinessProbe";
const same = { httpGet: { path: "/healthz", port: "http" }, periodSeconds: 5, failureThreshold: 3 };

// biome-ignore format: one case a line
export const cases: Cases = {
  "liveness-declared": { fails: { [live]: undefined }, boundary: { [live]: { tcpSocket: { port: "http" } } } },
  "readiness-declared": { fails: { [ready]: undefined }, boundary: { [ready]: { grpc: { port: 8080 } } } },
  "probes-differ": {
    // Of a Job, where nothing else looks at probes.
    fails: { "Job/order-migration $c.ports": [{ name: "http", containerPort: 8080 }], "Job/order-migration $c.livenessProbe": same, "Job/order-migration $c.readinessProbe": { ...same, timeoutSeconds: 1 } },
    boundary: { [live]: { ...same, failureThreshold: 6 }, [ready]: same },
    unknown: { [`${live}.periodSeconds`]: UNKNOWN },
  },
  "probe-port-declared": { fails: { [`${live}.httpGet.port`]: 8090 }, boundary: { [`${live}.httpGet.port`]: 8080 } },
  "probe-timing": { fails: { [`${live}.failureThreshold`]: 7 }, boundary: { [`${live}.failureThreshold`]: 6, [`${live}.periodSeconds`]: 10 } },
  "probe-asks-itself": { fails: { [`${ready}.httpGet.host`]: "payment" }, boundary: { [`${ready}.httpGet.host`]: "" } },
  "probe-proves-life": {
    fails: { [live]: { exec: { command: ["cat", "/tmp/healthy"] }, periodSeconds: 5, failureThreshold: 5 } },
    boundary: { [live]: { exec: { command: ["/app/alive", "--cat"] }, periodSeconds: 5, failureThreshold: 5 } },
    unknown: { [live]: { exec: { command: UNKNOWN } } },
  },
};
