import type { Graph } from "../../resources/graph.ts";
import { MIDDLEWARE } from "../../views/access/middlewares.ts";
import { inProduction, limit, notApplicable, resourceRule } from "../../judging/rule.ts";

const items = [13];

export const balancerLogs = resourceRule<{
  readonly loadBalancerType?: string;
  readonly accessLogs?: { readonly enabled?: boolean };
}>()({
  id: "balancer-logs",
  number: "A31",
  items,
  on: ["aws:lb/loadBalancer:LoadBalancer"],
  severity: "medium",
  levels: inProduction,
  title: "A load balancer writes down who asked for what",
  why: "What never reached a service is in no other log: who tried, from where, and what the balancer answered.",
  fix: `accessLogs: { bucket: logs.bucket, enabled: true }`,
  *check({ props }) {
    if (props.loadBalancerType === "gateway") return notApplicable; // has none
    if (props.accessLogs?.enabled !== true)
      yield {
        path: "accessLogs.enabled",
        found: String(props.accessLogs?.enabled ?? "not set (false by default)"),
        wanted: "true",
      };
  },
});

/** Half a year: what browsers' makers ask for before they trust it. */
const LEAST_SECONDS = 15_552_000;

export const tlsRemembered = resourceRule<{
  readonly protocol?: string;
  readonly routingHttpResponseStrictTransportSecurityHeaderValue?: string;
}>()({
  id: "tls-remembered",
  number: "A32",
  items,
  on: ["aws:lb/listener:Listener"],
  severity: "low",
  levels: inProduction,
  title: "Browsers are told to come by TLS only",
  why: "Without it the first request of every visit may go in plain text, where anybody on the way answers it.",
  fix: `routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000"`,
  limits: { seconds: limit("seconds for which browsers must remember it", LEAST_SECONDS) },
  *across({ props }, { graph, limit: { seconds } }) {
    if (props.protocol !== "HTTPS") return notApplicable;
    const header = props.routingHttpResponseStrictTransportSecurityHeaderValue;
    const told = Math.max(Number(/max-age=(\d+)/.exec(header ?? "")?.[1] ?? 0), ...byGateways(graph));
    if (told < seconds)
      yield {
        path: "routingHttpResponseStrictTransportSecurityHeaderValue",
        found: header ?? "not set",
        wanted: `max-age of at least ${seconds}`,
      };
  },
});

/** A gateway behind the balancer may say it in its place. */
function byGateways(graph: Graph): number[] {
  return graph
    .of<{ readonly spec?: { readonly headers?: { readonly stsSeconds?: number } } }>(MIDDLEWARE)
    .map(({ props }) => props.spec?.headers?.stsSeconds ?? 0);
}
