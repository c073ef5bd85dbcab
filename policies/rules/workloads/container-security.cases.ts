import { UNKNOWN } from "../../resources/unknown.ts";
import type { Cases } from "../../testing/case.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "capabilities-dropped": {
    fails: { "Deployment/order $c.securityContext.capabilities.drop": ["NET_RAW"] },
    boundary: { "Deployment/order $c.securityContext.capabilities": { add: ["NET_BIND_SERVICE"], drop: ["NET_RAW", "all"] } },
  },
  "no-privilege-escalation": {
    fails: { "Deployment/order $c.securityContext.allowPrivilegeEscalation": undefined },
    boundary: { "Deployment/order $c.securityContext": { allowPrivilegeEscalation: false } },
  },
  "not-privileged": {
    fails: { "Deployment/order $c.securityContext.privileged": true },
    boundary: { "Deployment/order $c.securityContext.privileged": false },
  },
  "non-root": {
    fails: { "Deployment/order $p.securityContext": { seccompProfile: { type: "RuntimeDefault" }, runAsUser: 0 } },
    boundary: { "Deployment/order $p.securityContext": { runAsUser: 1 } },
  },
  "read-only-root": {
    fails: { "Deployment/order $c.securityContext.readOnlyRootFilesystem": false },
    boundary: { "Deployment/order $c.securityContext": { readOnlyRootFilesystem: true } },
  },
  "seccomp-profile": {
    fails: { "Deployment/order $p.securityContext.seccompProfile": { type: "Unconfined" } },
    boundary: { "Deployment/order $p.securityContext.seccompProfile": undefined, "Deployment/order $c.securityContext.seccompProfile": { type: "Localhost", localhostProfile: "own.json" } },
  },
  "no-host-namespace": {
    fails: { "Deployment/order $p.hostNetwork": true },
    boundary: { "Deployment/order $p.hostPID": false },
  },
  "no-host-path": {
    fails: { "Deployment/order $p.volumes[1]": { name: "host", hostPath: { path: "/etc" } } },
    boundary: { "Deployment/order $p.volumes": [] },
    unknown: { "Deployment/order $p.volumes": UNKNOWN },
  },
  "no-host-port": {
    fails: { "Deployment/order $c.ports[0].hostPort": 8080 },
    boundary: { "Deployment/order $c.ports[0].hostPort": 0 },
  },
};
