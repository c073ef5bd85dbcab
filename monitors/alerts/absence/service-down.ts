import type { Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { named, running, scraped, unscraped } from "../../programs.ts";
import type { InputSeries } from "../../proof.ts";
import { max, sum } from "../../promql/aggregate.ts";
import { select, series } from "../../promql/selector.ts";
import { RECORDED } from "../../recorded.ts";
import { example, viewOf, type Scope } from "../../scope.ts";
import { kubernetes } from "../../signals/kubernetes.ts";
import { broke, knownBefore, SAMPLES_BEFORE, startGuards } from "../known.ts";
import { LOOK_AT_SERVICE, VERSION_BEFORE } from "../look.ts";
import { deploymentSeries } from "../pods/deployment-proof.ts";

/** Replicas that Prometheus reaches, and of programs that show it nothing those that Kubernetes calls available. */
function there(scope: Scope): string {
  const { plan } = scope;
  const { where, by, window } = viewOf(scope);
  const silent = unscraped(plan);
  const reached = sum(by, series("up", where, 'job="services"'));
  const available = () => kubernetes.available.expr({ where: [...where, named(silent)], by, window });
  if (silent.length === 0) return reached;
  return scraped(plan).length === 0 ? available() : `(${reached} or ${available()})`;
}

/** A service that was well and then has so many replicas. */
function replicas(scope: Scope, service: string, value: number): InputSeries[] {
  const reached = scraped(scope.plan).some(({ name }) => name === service);
  if (reached) return [broke(example(METRICS.up.name, scope, service), value)];
  return deploymentSeries(scope, service, (of) => [broke(of(METRICS.deploymentAvailable.name), value)]);
}

/** No replica of a service that the description declares. */
export function serviceDown(scope: Scope): Alert {
  const view = viewOf(scope);
  const { where, by } = view;
  const up = there(scope);
  const service = (scraped(scope.plan)[0] ?? running(scope.plan)[0])?.name ?? "";
  const labels = { namespace: scope.plan.name, service };
  return {
    name: "ServiceDown",
    severity: "page",
    role: "cause",
    patience: 30,
    expr: (limit) =>
      `(${up} or on (${by.join(", ")}) 0 * ${max(by, select(RECORDED.declared, where))}) < ${limit} and on (${by.join(", ")}) ${knownBefore(up, RECORDED.declared, view)}`,
    limit: 1,
    trouble: "below",
    summary: "{{ $labels.service }} is down",
    description: "No replica of {{ $labels.service }} can be reached, or none exists.",
    runbook: {
      symptom: "Not one replica of the service answers.",
      impact:
        "Everything that calls the service fails or falls back; events for it wait in Kafka and are handled when it returns.",
      diagnosis: ["kubectl -n $namespace get deployment,hpa -l app.kubernetes.io/name=$service", ...LOOK_AT_SERVICE],
      fix: [
        "Scaled to zero by hand? `kubectl -n $namespace scale deployment -l app.kubernetes.io/name=$service --replicas=2`.",
        `\`ImagePullBackOff\` or \`CrashLoopBackOff\` after a rollout? Deploy ${VERSION_BEFORE}.`,
        "`Pending`? No node has room: look at NodeDown and at the requests of the namespace's quota.",
      ],
    },
    proof: {
      series: (value) => replicas(scope, service, value),
      labels,
      settles: SAMPLES_BEFORE * scope.timing.scrape,
      firing: 0,
      silent: 1,
    },
    guards: startGuards("fires for a service that never starts", "is silent while a new service starts", labels),
  };
}
