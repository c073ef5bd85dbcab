import type { Cases } from "../../testing/case.ts";

const HSTS = "routingHttpResponseStrictTransportSecurityHeaderValue";
const balancer = {
  type: "aws:lb/loadBalancer:LoadBalancer",
  name: "entry",
  props: { loadBalancerType: "application", accessLogs: { bucket: "logs", enabled: true } },
};
const listener = {
  type: "aws:lb/listener:Listener",
  name: "tls",
  props: { protocol: "HTTPS", [HSTS]: "max-age=31536000" },
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "balancer-logs": { given: { "+": [balancer] }, fails: { "LoadBalancer/entry accessLogs.enabled": undefined }, boundary: { "LoadBalancer/entry loadBalancerType": "network" } },
  "tls-remembered": { given: { "+": [listener] }, fails: { [`Listener/tls ${HSTS}`]: "max-age=15551999" }, boundary: { [`Listener/tls ${HSTS}`]: "max-age=15552000; includeSubDomains" } },
};
