import { METRICS } from "../../metrics.ts";
import { serviceObjectives, type ObjectiveKind, type ServiceObjective } from "../../objective.ts";
import { phased, type InputSeries } from "../../proof.ts";
import type { Target } from "../../counting.ts";
import { example, routedExample, type Scope } from "../../scope.ts";
import { answered } from "./answered.ts";

/** So many events a second, of which a share is bad, for so many samples. */
export interface Phase {
  readonly perSecond: number;
  readonly bad: number;
  readonly samples: number;
}

/** Series of an objective's service, phase by phase, as whoever counts it shows them. */
export function traffic(
  scope: Scope,
  objective: ServiceObjective,
  every: number,
  phases: readonly Phase[],
): InputSeries[] {
  const { kind, within } = objective;
  const grow = (share: (phase: Phase) => number) =>
    phases.map((phase) => ({ perSample: phase.perSecond * every * share(phase), samples: phase.samples }));
  const all = grow(() => 1);
  const good = grow(({ bad }) => 1 - bad);
  const { requests, seconds } = seriesOf(scope, objective);
  if (kind === "availability")
    return [
      phased(requests("good"), good),
      phased(
        requests("bad"),
        grow(({ bad }) => bad),
      ),
    ];
  return [phased(seconds("_count"), all), phased(seconds("_bucket", { le: String(within) }), good)];
}

/** Selectors of what an objective is counted by. */
interface Samples {
  requests(outcome: "good" | "bad"): string;
  seconds(part: string, labels?: Readonly<Record<string, string>>): string;
}

function seriesOf(scope: Scope, { service, kind, counting }: ServiceObjective): Samples {
  const of = (metric: string, labels = {}) => example(metric, scope, service, labels);
  if (kind === "freshness" || counting.by === "kit") {
    const { name } = kind === "freshness" ? METRICS.eventAge : METRICS.httpDuration;
    const status = { good: "200", bad: "503" };
    return {
      requests: (outcome) => of(METRICS.httpRequests.name, { method: "GET", route: "/", status: status[outcome] }),
      seconds: (part, labels) => of(`${name}${part}`, labels),
    };
  }
  if (counting.by === "program") {
    const { seconds, good } = counting;
    return {
      requests: (outcome) => of(`${seconds}_count`, answered(good, outcome)),
      seconds: (part, labels) => of(`${seconds}${part}`, { ...answered(good, "good"), ...labels }),
    };
  }
  const target = scope.plan.entry?.routes.find((route) => route.service === service) as Target;
  const code = { good: "200", bad: "503" };
  return {
    requests: (outcome) => routedExample(METRICS.routedRequests.name, scope, target, { code: code[outcome] }),
    seconds: (part, labels = {}) => routedExample(`${METRICS.routedDuration.name}${part}`, scope, target, labels),
  };
}

/** The objective of this kind that stands for all of them. */
export function firstOf({ plan }: Scope, kind: ObjectiveKind): ServiceObjective {
  const found = serviceObjectives(plan).find((objective) => objective.kind === kind);
  if (!found) throw new Error(`${plan.name}: no ${kind} objective to prove`);
  return found;
}

/** What an alert about it says. */
export function labelsOf({ plan }: Scope, { service, kind }: ServiceObjective): Record<string, string> {
  return { namespace: plan.name, service, slo: kind };
}
