import { above, type Alert } from "../../alert.ts";
import { BURN_WINDOWS, hasty } from "../../burn-rates.ts";
import { serviceObjectives } from "../../objective.ts";
import type { GuardCase } from "../../proof.ts";
import { max } from "../../promql/aggregate.ts";
import { duration } from "../../promql/duration.ts";
import { select } from "../../promql/selector.ts";
import { ratioOver, RECORDED } from "../../recorded.ts";
import type { Scope } from "../../scope.ts";
import { labelsOf, traffic } from "./objective-traffic.ts";

const [FAST, SLOW] = BURN_WINDOWS.filter(({ severity }) => severity === "page").toSorted(
  (one, other) => other.factor - one.factor,
) as [BurnPage, BurnPage];
type BurnPage = (typeof BURN_WINDOWS)[number];

/**
 * Burn rates remember a fault for half an hour after its cause is gone and mended. This is no news to whoever heard of the
 * cause, and keeps their pages silent: for as long as the fast pair remembers, and then while nothing fails any more.
 */
export function aftermath(scope: Scope): Alert {
  const { plan, timing } = scope;
  const where = [`namespace="${plan.name}"`];
  const remembered = ({ short }: BurnPage) => hasty(timing, short) + timing.rate;
  const explained = (pair: BurnPage) =>
    `max_over_time(${select(RECORDED.explained, where)}[${duration(remembered(pair))}])`;
  const calm = `${select(ratioOver(duration(FAST.short)), where)} < ${SLOW.factor} * (1 - ${select(RECORDED.objective, where)})`;
  return {
    name: "Aftermath",
    severity: "info",
    role: "alone",
    patience: 0,
    ...above(
      max(
        ["namespace", "service", "slo"],
        `${explained(FAST)} or (${explained(SLOW)} and on (namespace, service, slo) ${calm})`,
      ),
      0,
    ),
    summary: "{{ $labels.service }} recovers from a known cause",
    description: "What broke the {{ $labels.slo }} promise of {{ $labels.service }} was told already, or is over.",
    runbook: {
      symptom: "A cause fires, or did so within the last half hour.",
      impact:
        "The pages of the burn rates stay silent: as long as the fast pair remembers whatever happens, then until something fails again. A new fault right after the old one is told that much later.",
      diagnosis: [`kubectl -n $namespace get events --sort-by=.lastTimestamp | tail -20`],
      fix: ["Nothing to do; the alert about the cause says what was."],
    },
    ...proven(scope, remembered(FAST), remembered(SLOW)),
  };
}

/** The cause fires for so many samples at the beginning of each case. */
const BROKEN = 20;

function proven(scope: Scope, fast: number, slow: number): Pick<Alert, "proof" | "guards"> {
  const { plan, timing } = scope;
  const objective = serviceObjectives(plan)[0];
  if (!objective) throw new Error(`${plan.name}: no objective to prove`);
  const labels = labelsOf(scope, objective);
  const cause = (values: string) => ({
    series: `ALERTS{alertname="ServiceDown",alertstate="firing",namespace="${plan.name}",role="cause",service="${objective.service}"}`,
    values,
  });
  const later = (title: string, bad: number, after: number, fires: GuardCase["fires"]): GuardCase => ({
    title,
    fires,
    after: BROKEN * timing.scrape + after,
    series: [
      cause(`1x${BROKEN} stale`),
      ...traffic(scope, objective, timing.scrape, [{ perSecond: 100, bad, samples: 800 }]),
    ],
  });
  return {
    proof: { series: (value) => [cause(`${value}x800`)], labels, settles: 0, firing: 1, silent: 0 },
    guards: [
      later("goes on while the fast pair remembers", 1, fast - timing.scrape, labels),
      later("ends then when something fails again", 1, fast + 2 * timing.scrape, null),
      later("goes on while the slow pair remembers and nothing fails", 0, slow - timing.scrape, labels),
      later("ends when nothing is remembered", 0, slow + 2 * timing.scrape, null),
    ],
  };
}
