import { METRICS } from "../../metrics.ts";
import { serviceObjectives, type ObjectiveKind, type ServiceObjective } from "../../objective.ts";
import { phased, type InputSeries } from "../../proof.ts";
import { example, type Scope } from "../../scope.ts";

/** So many events a second, of which a share is bad, for so many samples. */
export interface Phase {
  readonly perSecond: number;
  readonly bad: number;
  readonly samples: number;
}

/** Series of an objective's service, phase by phase. */
export function traffic(
  scope: Scope,
  { service, kind, within }: ServiceObjective,
  every: number,
  phases: readonly Phase[],
): InputSeries[] {
  const grow = (share: (phase: Phase) => number) =>
    phases.map((phase) => ({ perSample: phase.perSecond * every * share(phase), samples: phase.samples }));
  if (kind === "availability") {
    const requests = (status: string) =>
      example(METRICS.httpRequests.name, scope, service, { method: "GET", route: "/", status });
    return [
      phased(
        requests("200"),
        grow(({ bad }) => 1 - bad),
      ),
      phased(
        requests("503"),
        grow(({ bad }) => bad),
      ),
    ];
  }
  const { name } = kind === "latency" ? METRICS.httpDuration : METRICS.eventAge;
  return [
    phased(
      example(`${name}_count`, scope, service),
      grow(() => 1),
    ),
    phased(
      example(`${name}_bucket`, scope, service, { le: String(within) }),
      grow(({ bad }) => 1 - bad),
    ),
  ];
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
