import type { SystemPlan } from "../model/plan.ts";
import { BURN_WINDOWS, hasty } from "./burn-rates.ts";
import { counted } from "./counting.ts";
import { causesOf } from "./dependents.ts";
import { jobs, running } from "./programs.ts";
import { serviceObjectives, type ObjectiveKind, type ServiceObjective } from "./objective.ts";
import { duration } from "./promql/duration.ts";
import { sum } from "./promql/aggregate.ts";
import { observations } from "./promql/rate.ts";
import { select, type View } from "./promql/selector.ts";
import { ratioOver, RECORDED } from "./recorded.ts";
import type { Labels, RecordingRule } from "./rule-file.ts";
import { seenRedis, seesDatabase, seesPostgres, type Scope } from "./scope.ts";
import type { Timing } from "./timing.ts";

/** What every recorded series of a system carries beside its own labels; `job` and `instance` as every scraped one. */
const origin = (plan: SystemPlan): Labels => ({
  namespace: plan.name,
  system: plan.name,
  job: "rules",
  instance: "prometheus",
});

const constant = (record: string, value: number, labels: Labels): RecordingRule => ({
  record,
  expr: `vector(${value})`,
  labels,
});

/** What should be there: services, runs of jobs, and the stores that Prometheus can see. Alerts compare it with what is. */
export function declarations(scope: Pick<Scope, "plan" | "stores">): RecordingRule[] {
  const { plan } = scope;
  const stores = [
    ...(seesDatabase(scope) ? ["mariadb"] : []),
    ...(seesPostgres(scope) ? ["postgres"] : []),
    ...(plan.messaging.topics.length > 0 ? ["kafka"] : []),
  ];
  return [
    ...running(plan).map(({ name, tier }) => constant(RECORDED.declared, 1, { ...origin(plan), service: name, tier })),
    ...jobs(plan).flatMap(({ name, job }) =>
      job?.freshWithinSeconds
        ? [constant(RECORDED.fresh, job.freshWithinSeconds, { ...origin(plan), service: name })]
        : [],
    ),
    ...stores.map((service) => constant(RECORDED.store, 1, { ...origin(plan), service })),
    ...seenRedis(scope).map(({ name: service, keeps }) =>
      constant(RECORDED.store, 1, {
        ...{ ...origin(plan), service, kind: "redis" },
        ...{ keeps: keeps === "nothing" ? "nothing" : "something" },
      }),
    ),
  ];
}

/**
 * Good and bad events of every objective, as rates over the shortest window. Longer windows add these up instead of
 * reading raw series again: weighted by traffic, and one series a service however many pods and routes it has.
 */
export function indicators(plan: SystemPlan, timing: Timing): RecordingRule[] {
  return serviceObjectives(plan).flatMap((objective) => {
    const { service, kind, good } = objective;
    const labels = { ...origin(plan), service, slo: kind };
    const view: View = {
      where: [`namespace="${plan.name}"`, `service="${service}"`],
      window: duration(timing.rate),
      by: ["namespace", "service"],
    };
    const { total, bad } = events(objective, view);
    return [
      constant(RECORDED.objective, good, labels),
      { record: RECORDED.total, expr: total, labels },
      { record: RECORDED.bad, expr: bad, labels },
    ];
  });
}

function events({ kind, within, counting }: ServiceObjective, view: View): { total: string; bad: string } {
  const edge = within ?? 0;
  const { requests, failed, timed } = counted(counting);
  const slower = (of: (view: View, upTo?: number) => string) => ({
    total: of(view),
    bad: `clamp_min(${of(view)} - ${of(view, edge)}, 0)`,
  });
  const count: Record<ObjectiveKind, () => { total: string; bad: string }> = {
    availability: () => ({ total: requests(view), bad: failed(view) }),
    latency: () => slower(timed),
    freshness: () => slower((seen, upTo) => observations("eventAge", seen, upTo)),
  };
  return count[kind]();
}

/** The share of bad events over every window that an alert or a panel asks for. */
export function errorRatios(plan: SystemPlan, timing: Timing): RecordingRule[] {
  const where = [`namespace="${plan.name}"`];
  if (serviceObjectives(plan).length === 0) return [];
  return RATIO_WINDOWS.map((seconds) => {
    const over = (series: string) => `sum_over_time(${select(series, where)}[${duration(hasty(timing, seconds))}])`;
    return {
      record: ratioOver(duration(seconds)),
      expr: `${over(RECORDED.bad)} / (${over(RECORDED.total)} > 0)`,
      labels: {},
    };
  });
}

/** Whether a cause that fires explains why a promise is broken, for every promise. */
export function explanations(plan: SystemPlan): RecordingRule[] {
  return serviceObjectives(plan).map(({ service, kind }) => {
    const causes = select("ALERTS", [
      'alertstate="firing"',
      'role="cause"',
      `namespace="${plan.name}"`,
      `service=~"${causesOf(plan, service, kind).join("|")}"`,
    ]);
    return { record: RECORDED.explained, expr: `max(${causes})`, labels: { ...origin(plan), service, slo: kind } };
  });
}

/** Alerts of the system that fire now: Prometheus's own series has no `job` and `instance` to choose by. */
export function firingAlerts(plan: SystemPlan): RecordingRule {
  const { system, job, instance } = origin(plan);
  const expr = sum(
    ["namespace", "service", "alertname", "severity"],
    `ALERTS{namespace="${plan.name}",alertstate="firing"}`,
  );
  return { record: RECORDED.firing, expr, labels: { system, job, instance } as Labels };
}

/** Every window of the burn-rate table, shortest first, each once. */
const RATIO_WINDOWS = [...new Set(BURN_WINDOWS.flatMap(({ long, short }) => [long, short]))].toSorted((a, b) => a - b);
