import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { running } from "../../programs.ts";
import { counting, steady, type Proof } from "../../proof.ts";
import { example, viewOf, type Scope } from "../../scope.ts";
import { kubernetes } from "../../signals/kubernetes.ts";
import { deploymentProof } from "./deployment-proof.ts";
import { LOOK_AT_SERVICE, VERSION_BEFORE } from "../look.ts";

/** Restarts of one pod that no rollout explains any more, within so many seconds. */
const RESTARTS = 3;
const WINDOW = 900;

/** A container that ends again and again: a ticket, and a page once the service lacks more replicas than it may. */
export function crashLoopingAlerts(scope: Scope): Alert[] {
  return [ticket(scope), page(scope)];
}

function ticket(scope: Scope): Alert {
  return crashLooping({
    severity: "ticket",
    patience: 30,
    expr: tooMany(scope),
    proof: restartsProof(scope),
    impact: "Less capacity; requests under way in it are lost each time.",
  });
}

/** Somebody is woken when more replicas are missing than the disruption budget lets go. */
function page(scope: Scope): Alert {
  const missing = (replicas: number) =>
    deploymentProof(scope, (of) => [
      steady(of(METRICS.deploymentWanted.name), 3),
      steady(of(METRICS.deploymentAvailable.name), 3 - replicas),
    ]).series(0, 0);
  const restarts = restartsProof(scope);
  return crashLooping({
    severity: "page",
    patience: 60,
    expr: (limit) =>
      `${tooMany(scope)(limit)} and on (namespace, service) ${kubernetes.missingReplicas.expr(viewOf(scope))} > 1`,
    proof: { ...restarts, series: (value, every) => [...restarts.series(value, every), ...missing(2)] },
    guards: [
      {
        title: "is silent while one replica is missing",
        series: [...restarts.series(9, scope.timing.scrape), ...missing(1)],
        after: 2 * WINDOW,
        fires: null,
      },
    ],
    impact:
      "More replicas are away than a drain may take: what is left carries all the load, and the next fault may end the service.",
  });
}

const tooMany = (scope: Scope) => above(kubernetes.restarts.expr(viewOf(scope, "pod")), RESTARTS).expr;

function crashLooping(
  rest: Pick<Alert, "severity" | "patience" | "expr" | "proof" | "guards"> & { readonly impact: string },
): Alert {
  const { impact, ...judged } = rest;
  return {
    name: "PodCrashLooping",
    role: "symptom",
    lingers: 300,
    limit: RESTARTS,
    trouble: "above",
    ...judged,
    summary: "{{ $labels.pod }} keeps restarting",
    description: "{{ $labels.pod }} was restarted {{ $value | humanize }} times within fifteen minutes.",
    runbook: {
      symptom: "A container ends again and again.",
      impact,
      diagnosis: [
        ...LOOK_AT_SERVICE,
        "kubectl -n $namespace logs -l app.kubernetes.io/name=$service --previous --tail=50",
      ],
      fix: [
        `The last lines before the end name the cause. After a rollout: deploy ${VERSION_BEFORE}.`,
        "Killed by its liveness probe? See LatencyBudgetBurn and EventLoopLag.",
      ],
    },
  };
}

function restartsProof(scope: Scope): Proof {
  const service = running(scope.plan)[0]?.name ?? "";
  const restarts = example(METRICS.podRestarts.name, scope, service, { container: service });
  return {
    series: (value, every) => [counting(restarts, value / WINDOW, every)],
    labels: { namespace: scope.plan.name, service, pod: `${service}-1` },
    settles: WINDOW,
  };
}
