import { hasty, type BurnWindow } from "../burn-rates.ts";
import { METRICS } from "../metrics.ts";
import { serviceObjectives, type ObjectiveKind, type ServiceObjective } from "../objective.ts";
import { phased, type GuardCase, type InputSeries, type Proof } from "../proof.ts";
import { example, type Scope } from "../scope.ts";

interface Phase { readonly perSecond: number; readonly bad: number; readonly samples: number }

const LONG = 4000;
const HOUR = 3600;

/** Events per second. */
const BUSY = 2000;

/** Enough events within one scrape for a ratio to count, of which a steady share is bad. */
export function burnProof(scope: Scope, kind: ObjectiveKind, windows: readonly BurnWindow[]): Proof {
  const objective = firstOf(scope, kind);
  // The pair that asks for the least decides.
  const factor = Math.min(...windows.map((window) => window.factor));
  return {
    series: (value, every) => traffic(scope, objective, every, [{ perSecond: BUSY, bad: value * factor * (1 - objective.good), samples: LONG }]),
    labels: labelsOf(scope, objective),
    settles: scope.timing.scrape,
  };
}

/** A fault that is over, and a share of bad events among too few. */
export function burnGuards(scope: Scope, kind: ObjectiveKind, windows: readonly BurnWindow[]): GuardCase[] {
  const objective = firstOf(scope, kind);
  const { scrape, rate } = scope.timing;
  const fault = 20 * scrape;
  const over = Math.max(...windows.map(({ short }) => hasty(scope.timing, short))) + 2 * rate;
  const healed = traffic(scope, objective, scrape, [
    { perSecond: BUSY, bad: 1, samples: 20 },
    { perSecond: BUSY, bad: 0, samples: LONG },
  ]);
  const rare = traffic(scope, objective, scrape, [{ perSecond: 0.01, bad: 0.5, samples: LONG }]);
  // Six hours of samples prove nothing more about a ticket than half an hour about a page.
  const ended = fault + over < 2 * HOUR;
  return [
    ...(ended ? [{ title: "is silent once the fault is over", series: healed, after: round(fault + over, scrape), fires: null }] : []),
    { title: "is silent when almost nothing happens", series: rare, after: round(2 * rate, scrape), fires: null },
  ];
}

/** A handful of errors at once, in a service that hardly anybody asks. They count in full when the rate's window has passed over them. */
export function quietProof(scope: Scope): Proof {
  const objective = firstOf(scope, "availability");
  const { scrape, rate } = scope.timing;
  return {
    series: (value, every) => traffic(scope, objective, every, [
      { perSecond: 0, bad: 0, samples: 19 },
      { perSecond: value / every, bad: 1, samples: 0 },
      { perSecond: 0, bad: 0, samples: LONG },
    ]),
    labels: labelsOf(scope, objective),
    settles: 20 * scrape + rate,
  };
}

function traffic(scope: Scope, { service, kind, within }: ServiceObjective, every: number, phases: readonly Phase[]): InputSeries[] {
  const grow = (share: (phase: Phase) => number) =>
    phases.map((phase) => ({ perSample: phase.perSecond * every * share(phase), samples: phase.samples }));
  if (kind === "availability") {
    const requests = (status: string) => example(METRICS.httpRequests.name, scope, service, { method: "GET", route: "/", status });
    return [phased(requests("200"), grow(({ bad }) => 1 - bad)), phased(requests("503"), grow(({ bad }) => bad))];
  }
  const { name } = kind === "latency" ? METRICS.httpDuration : METRICS.eventAge;
  return [
    phased(example(`${name}_count`, scope, service), grow(() => 1)),
    phased(example(`${name}_bucket`, scope, service, { le: String(within) }), grow(({ bad }) => 1 - bad)),
  ];
}

function firstOf({ plan }: Scope, kind: ObjectiveKind): ServiceObjective {
  const found = serviceObjectives(plan).find((objective) => objective.kind === kind);
  if (!found) throw new Error(`${plan.name}: no ${kind} objective to prove`);
  return found;
}

function labelsOf({ plan }: Scope, { service, kind }: ServiceObjective): Record<string, string> {
  return { namespace: plan.name, service, slo: kind };
}

const round = (seconds: number, step: number) => Math.ceil(seconds / step) * step;
