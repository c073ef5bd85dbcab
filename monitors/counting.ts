import type { SystemPlan } from "../model/plan.ts";
import type { RoutePlan } from "../model/plan/edges/entry.ts";
import type { SeriesPlan } from "../model/plan/program/measured.ts";
import { METRICS } from "./metrics.ts";
import { observationsOf, quantileOf, rateOf } from "./promql/rate.ts";
import type { View } from "./promql/selector.ts";

/** Where the requests of one service are counted, with all that its selectors need. */
export type Counting =
  | { readonly by: "kit" }
  | { readonly by: "gateway"; readonly routed: string }
  | ({ readonly by: "program" } & SeriesPlan);

/** What is counted of a service; every expression is per second and grouped as the view says. */
export interface Counted {
  requests(view: View): string;
  /** Those that the service answered badly; 0 where there are none. */
  failed(view: View): string;
  /** Requests whose time is known, and with `upTo` those that took so many seconds at most. */
  timed(view: View, upTo?: number): string;
  quantile(q: number, view: View): string;
}

/** How the requests of one service are counted; null where nobody does. */
export function countingOf(plan: SystemPlan, service: string): Counting | null {
  const measured = plan.workloads.find(({ name }) => name === service)?.measured ?? null;
  if (measured?.by !== "gateway") return measured;
  const routes = plan.entry?.routes.filter((route) => route.service === service) ?? [];
  return routes.length === 0 ? null : { by: "gateway", routed: routedTo(plan, routes) };
}

/** Where a public path leads. */
export type Target = Pick<RoutePlan, "service" | "port">;

/**
 * A matcher of the series that the gateway keeps of what these routes lead to. It counts what it sends on: a request for
 * which there is no replica is in none of them, which ServiceDown tells.
 */
export function routedTo(plan: Pick<SystemPlan, "name">, targets: readonly Target[]): string {
  return `service=~"${[...new Set(targets.map((target) => nameInGateway(plan, target)))].join("|")}"`;
}

/** What Traefik (3.6) calls a Service behind a balancer; several dashes become one. */
export function nameInGateway({ name }: Pick<SystemPlan, "name">, { service, port }: Target): string {
  return `${`${name}-${service}`.replaceAll(/-+/g, "-")}-${port}@kubernetescrd`;
}

/** The expressions of whoever counts. */
export function counted(counting: Counting): Counted {
  if (counting.by === "kit")
    return byStatus(METRICS.httpRequests.name, METRICS.httpDuration.name, 'status=~"5.."', (view) => view);
  if (counting.by === "gateway")
    return byStatus(METRICS.routedRequests.name, METRICS.routedDuration.name, 'code=~"5.."', (view) =>
      atEntry(view, counting.routed),
    );
  return byProgram(counting);
}

/** A counter of requests with their status, and a histogram of their time. */
function byStatus(total: string, seconds: string, bad: string, seen: (view: View) => View): Counted {
  const requests = (view: View) => rateOf(total, seen(view));
  return {
    requests,
    failed: (view) => `${rateOf(total, seen(view), bad)} or 0 * ${requests(view)}`,
    timed: (view, upTo) => observationsOf(seconds, seen(view), upTo),
    quantile: (q, view) => quantileOf(q, seconds, seen(view)),
  };
}

/** A histogram alone: it counts requests too, and says which of them were good. */
function byProgram({ seconds, good }: SeriesPlan): Counted {
  const requests = (view: View) => observationsOf(seconds, view);
  return {
    requests,
    failed: (view) =>
      `clamp_min(${requests(view)} - (${rateOf(`${seconds}_count`, view, good)} or 0 * ${requests(view)}), 0)`,
    timed: (view, upTo) => observationsOf(seconds, view, upTo),
    quantile: (q, view) => quantileOf(q, seconds, view),
  };
}

/** The gateway's series carry its own namespace and its own names of services. */
function atEntry({ where, window, by }: View, routed: string): View {
  const foreign = /^(namespace|service)\b/;
  return {
    where: [...where.filter((one) => !foreign.test(one)), routed],
    window,
    by: by.filter((one) => !foreign.test(one)),
  };
}
