import type { Alert } from "../../alert.ts";
import { BURN_WINDOWS, ENOUGH_EVENTS, hasty, QUIET, type BurnWindow } from "../../burn-rates.ts";
import { serviceObjectives, type ObjectiveKind } from "../../objective.ts";
import { duration } from "../../promql/duration.ts";
import { max } from "../../promql/aggregate.ts";
import { select } from "../../promql/selector.ts";
import { ratioOver, RECORDED } from "../../recorded.ts";
import type { Scope } from "../../scope.ts";
import { burnGuards, burnProof, quietProof } from "./objective-cases.ts";
import { LOOK_AT_SERVICE, VERSION_BEFORE } from "../look.ts";

const WORDS: Record<ObjectiveKind, { name: string; bad: string; symptom: string; impact: string }> = {
  availability: {
    name: "ErrorBudgetBurn",
    bad: "failed with a 5xx status",
    symptom: "Requests fail with a 5xx status faster than the availability objective allows.",
    impact: "Users see errors. If it goes on, the promise of the month is broken.",
  },
  latency: {
    name: "LatencyBudgetBurn",
    bad: "were too slow",
    symptom: "Too many requests are slower than the latency objective allows.",
    impact: "Users wait. Callers run into their time-outs and open their breakers.",
  },
  freshness: {
    name: "FreshnessBudgetBurn",
    bad: "were handled too late",
    symptom: "Too many events are handled later than the freshness objective allows.",
    impact: "What users read is old, and the next step of the business case starts late.",
  },
};

const FIX = [
  `Did it begin with a rollout (mark on the dashboard)? Deploy ${VERSION_BEFORE}.`,
  'Is a breaker open or a dependency slow (row "Calls")? Work on that service first; its own alert says how.',
  "Are the pods at their CPU or memory limit and the autoscaler at its maximum? Raise `needs` or `scale.max` in the description.",
];

/** Two alerts an objective, a page for a fast or steady burn and a ticket for a slow one, and one for services too quiet for ratios. */
export function objectiveAlerts(scope: Scope): Alert[] {
  const kinds = [...new Set(serviceObjectives(scope.plan).map(({ kind }) => kind))];
  return [
    ...kinds.flatMap((kind) => (["page", "ticket"] as const).map((severity) => burnAlert(scope, kind, severity))),
    ...(kinds.includes("availability") ? [quietAlert(scope)] : []),
  ];
}

function burnAlert(scope: Scope, kind: ObjectiveKind, severity: "page" | "ticket"): Alert {
  const { name, bad, symptom, impact } = WORDS[kind];
  const windows = BURN_WINDOWS.filter((window) => window.severity === severity);
  const long = windows.map((window) => duration(hasty(scope.timing, window.long))).join(" or ");
  const expr = (limit: number, pairs: readonly BurnWindow[] = windows) =>
    max(["namespace", "service", "slo"], pairs.map((window) => burn(scope, kind, window, limit)).join(" or "));
  return {
    name,
    severity,
    role: "symptom",
    patience: 60,
    // How many times more than allowed the worst pair of windows has spent.
    expr: (limit) => expr(limit),
    limit: 1,
    trouble: "above",
    burn: { windows, expr: (pairs) => expr(1, pairs) },
    labels: severity === "page" ? {} : { burn: "slow" },
    summary: `{{ $labels.service }} burns its ${kind} budget`,
    description: `Over ${long}, so many events ${bad} that the budget of the month burns {{ $value | humanize }} times faster than a ${severity} allows.`,
    runbook: { symptom, impact, diagnosis: LOOK_AT_SERVICE, fix: FIX },
    proof: burnProof(scope, kind, windows),
    guards: burnGuards(scope, kind, windows),
  };
}

/** The burn over the long window as a multiple of the allowed one, where the short window agrees and enough happened. */
function burn(
  { plan, timing }: Scope,
  kind: ObjectiveKind,
  { factor, long, short }: BurnWindow,
  limit: number,
): string {
  const where = [`namespace="${plan.name}"`, `slo="${kind}"`];
  const spent = (seconds: number) =>
    `${select(ratioOver(duration(seconds)), where)} / (${factor} * (1 - ${select(RECORDED.objective, where)}))`;
  const seen = `sum_over_time(${select(RECORDED.total, where)}[${duration(hasty(timing, long))}]) * ${timing.evaluation}`;
  return `(${spent(long)} > ${limit} and ${spent(short)} > ${limit} and ${seen} > ${ENOUGH_EVENTS})`;
}

/** A service with a request a minute can fail for days without a ratio that means anything; its errors are counted instead. */
function quietAlert(scope: Scope): Alert {
  const { plan, timing } = scope;
  const where = [`namespace="${plan.name}"`, 'slo="availability"'];
  const window = Math.max(timing.rate, QUIET.window / timing.haste.windows);
  const counted = (name: string) => `sum_over_time(${select(name, where)}[${duration(window)}]) * ${timing.evaluation}`;
  return {
    name: "ErrorsOfQuietService",
    severity: "page",
    role: "symptom",
    patience: 60,
    expr: (limit) =>
      max(
        ["namespace", "service", "slo"],
        `${counted(RECORDED.bad)} > ${limit} and ${counted(RECORDED.total)} < ${QUIET.perSecond * window}`,
      ),
    limit: QUIET.bad,
    trouble: "above",
    summary: "{{ $labels.service }} fails, though hardly anybody asks",
    description: `{{ $value | humanize }} requests failed within ${duration(window)}; too few came in all for a burn rate.`,
    runbook: {
      symptom: "A service with little traffic answers with 5xx.",
      impact: "Few users, but perhaps all of them. Burn rates stay silent because of the low volume.",
      diagnosis: LOOK_AT_SERVICE,
      fix: FIX,
    },
    proof: quietProof(scope),
  };
}
