import { hasty, type BurnWindow } from "../../burn-rates.ts";
import type { ObjectiveKind } from "../../objective.ts";
import type { GuardCase, Proof } from "../../proof.ts";
import type { Scope } from "../../scope.ts";
import { pairGuards } from "./burn-pair-cases.ts";
import { firstOf, labelsOf, traffic } from "./objective-traffic.ts";

const LONG = 4000;
const HOUR = 3600;

/** Events per second. */
const BUSY = 2000;

/** Enough events within one scrape for a ratio to count, of which a steady share is bad. */
export function burnProof(scope: Scope, kind: ObjectiveKind, windows: readonly BurnWindow[]): Proof {
  const objective = firstOf(scope, kind);
  // The pair that asks for the least decides; what the others decide is in `burn-pair-cases.ts`.
  const factor = Math.min(...windows.map((window) => window.factor));
  return {
    series: (value, every) =>
      traffic(scope, objective, every, [
        { perSecond: BUSY, bad: value * factor * (1 - objective.good), samples: LONG },
      ]),
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
    ...(ended
      ? [{ title: "is silent once the fault is over", series: healed, after: round(fault + over, scrape), fires: null }]
      : []),
    { title: "is silent when almost nothing happens", series: rare, after: round(2 * rate, scrape), fires: null },
    ...pairGuards(scope, kind, windows),
  ];
}

/** A handful of errors at once, in a service that hardly anybody asks. They count in full when the rate's window has passed over them. */
export function quietProof(scope: Scope): Proof {
  const objective = firstOf(scope, "availability");
  const { scrape, rate } = scope.timing;
  return {
    series: (value, every) =>
      traffic(scope, objective, every, [
        { perSecond: 0, bad: 0, samples: 19 },
        { perSecond: value / every, bad: 1, samples: 0 },
        { perSecond: 0, bad: 0, samples: LONG },
      ]),
    labels: labelsOf(scope, objective),
    settles: 20 * scrape + rate,
  };
}

const round = (seconds: number, step: number) => Math.ceil(seconds / step) * step;
