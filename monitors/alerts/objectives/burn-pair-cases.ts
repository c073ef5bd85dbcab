import { hasty, type BurnWindow } from "../../burn-rates.ts";
import type { ObjectiveKind } from "../../objective.ts";
import type { GuardCase } from "../../proof.ts";
import type { Scope } from "../../scope.ts";
import { patience } from "../../timing.ts";
import { firstOf, labelsOf, traffic, type Phase } from "./objective-traffic.ts";

/** Events per second. */
const BUSY = 2000;

/**
 * Times as busy before the fault: what the fast pair sees then drowns in the slow one's long window. With even traffic three
 * times too much over a day is once too much over three, and nothing would tell those two pairs apart.
 */
const BUSIER = 20;

/** Far enough beside a factor for the smear of rates, near enough to see a tenth. */
const BESIDE = 0.05;

/** Seconds of the longest case's window. A day of samples proves nothing more about a pair than its windows in greater haste, and takes promtool minutes. */
const AFFORDABLE = 1800;

/** Cases that one pair of windows decides alone, by its factor, its long or its short window. */
export function pairGuards(scope: Scope, kind: ObjectiveKind, windows: readonly BurnWindow[]): GuardCase[] {
  const { timing } = scope;
  const [fast, slow] = windows.toSorted((one, other) => other.factor - one.factor);
  if (!fast || !slow || hasty(timing, fast.long) > AFFORDABLE) return [];
  const objective = firstOf(scope, kind);
  const long = hasty(timing, fast.long);
  const settled = long + timing.rate + patience(timing, 60) + 2 * timing.evaluation;
  const healed = hasty(timing, fast.short) + 2 * timing.rate;
  const phase = (seconds: number, times: number, perSecond = BUSY): Phase => ({
    perSecond,
    bad: times * (1 - objective.good),
    samples: Math.ceil(seconds / timing.scrape) - 1,
  });
  const guard = (title: string, fires: boolean, phases: readonly Phase[]): GuardCase => ({
    title,
    fires: fires ? labelsOf(scope, objective) : null,
    series: traffic(scope, objective, timing.scrape, phases),
    after: phases.reduce((sum, { samples }) => sum + samples + 1, -1) * timing.scrape,
  });
  const before = phase(long, 0, BUSIER * BUSY);
  return [
    guard("fires by its fast pair alone", true, [before, phase(settled, fast.factor * (1 + BESIDE))]),
    guard("is silent just below its fast pair", false, [before, phase(settled, fast.factor * (1 - BESIDE))]),
    guard("is silent once the fast pair's short window is clean", false, [
      before,
      phase(long, 3 * fast.factor),
      phase(healed, 0),
    ]),
    guard("fires by its slow pair while that one's short window is not clean", true, [
      phase(2 * hasty(timing, slow.short), 2 * slow.factor),
      phase(healed, 0),
    ]),
  ];
}
