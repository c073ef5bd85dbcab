import { below, type Alert } from "../alert.ts";
import { routedTo, type Target } from "../counting.ts";
import { METRICS } from "../metrics.ts";
import { onKit } from "../programs.ts";
import { phased, steady } from "../proof.ts";
import { example, GATEWAY_SERVICE, routedExample, viewOf, type Scope } from "../scope.ts";
import { entry, trafficOf } from "../signals/entry.ts";

const DAY = 86_400;
const LOOK = [
  "kubectl -n $namespace get gateway,httproute",
  "kubectl get pods -A -l app.kubernetes.io/name=traefik -o wide",
  "kubectl logs -n traefik -l app.kubernetes.io/name=traefik --tail=50",
];

/** What outsiders would notice first. */
export function entryAlerts(scope: Scope): Alert[] {
  if ((scope.plan.entry?.routes ?? []).length === 0) return [];
  return [
    unreachable(scope),
    certificate(scope, "CertificateEnds", "page", 7),
    certificate(scope, "CertificateEndsSoon", "ticket", 21),
    trafficStopped(scope),
  ];
}

function unreachable(scope: Scope): Alert {
  return {
    name: "EntryUnreachable",
    severity: "page",
    role: "cause",
    patience: 60,
    ...below(entry.reachable.expr(viewOf(scope)), 1),
    summary: "The public entry of {{ $labels.namespace }} does not answer",
    description: "A request through the public entry of {{ $labels.namespace }} has failed for a minute.",
    runbook: {
      symptom: "The probe through the public entry fails.",
      impact: "Nobody outside can use the system.",
      diagnosis: LOOK,
      fix: [
        "Do the gateway's pods run? Are its routes accepted (`kubectl describe httproute`)?",
        "On AWS: are the targets of the load balancer healthy, does the name still point to it?",
      ],
    },
    proof: {
      series: (value) => [steady(example(METRICS.probeSuccess.name, scope, GATEWAY_SERVICE), value)],
      labels: { namespace: scope.plan.name, service: GATEWAY_SERVICE },
      settles: 0,
      firing: 0,
      silent: 1,
    },
  };
}

function certificate(scope: Scope, name: string, severity: "page" | "ticket", days: number): Alert {
  return {
    name,
    severity,
    role: "alone",
    patience: 3600,
    ...below(entry.certificate.expr(viewOf(scope)), days * DAY),
    summary: "The certificate of {{ $labels.namespace }} ends in {{ $value | humanizeDuration }}",
    description: `The certificate of the public entry is valid for {{ $value | humanizeDuration }} only; it should have been renewed ${days} days before its end at the latest.`,
    runbook: {
      symptom: "The certificate was not renewed.",
      impact: "On its last day every browser refuses the entry.",
      diagnosis: [
        "kubectl -n $namespace describe gateway | grep -A5 tls",
        "openssl s_client -connect <domain>:443 </dev/null 2>/dev/null | openssl x509 -noout -dates",
      ],
      fix: [
        "AWS Certificate Manager renews by itself as long as the validation record exists in the zone: create it again.",
      ],
    },
    proof: {
      // The case starts at second 0 and the alert looks at what is left when it fires.
      series: (value) => [steady(example(METRICS.probeCertificateExpiry.name, scope, GATEWAY_SERVICE), value + 3600)],
      labels: { namespace: scope.plan.name, service: GATEWAY_SERVICE },
      settles: 0,
      firing: days * DAY - 2 * 3600,
      silent: days * DAY + 2 * 3600,
    },
  };
}

/** What the public asks, where all of it can be seen: in the programs if each of them is on the kit, else at the gateway. */
function publicRequests(scope: Scope) {
  const { plan } = scope;
  const namespace = plan.name;
  const routes = plan.entry?.routes ?? [];
  const programs = onKit(plan);
  if (routes.every(({ service }) => programs.some(({ name }) => name === service)))
    return {
      metric: "httpRequests" as const,
      view: { where: [`namespace="${namespace}"`, 'job="services"'], by: ["namespace"], window: "" },
      example: example(METRICS.httpRequests.name, scope, routes[0]?.service ?? "", { route: "/", status: "200" }),
      labels: {},
    };
  return {
    metric: "routedRequests" as const,
    view: { where: [routedTo(plan, routes)], by: [], window: "" },
    example: routedExample(METRICS.routedRequests.name, scope, routes[0] as Target, { code: "200" }),
    labels: { namespace }, // the gateway's series carry its own
  };
}

/** Users do not stop all at once; what stands in front of the system does. */
function trafficStopped(scope: Scope): Alert {
  const { metric, view, example: sample, labels } = publicRequests(scope);
  const { silent, lastHour } = trafficOf(metric);
  const every = scope.timing.scrape;
  const hour = 3600 / every;
  return {
    name: "TrafficStopped",
    severity: scope.plan.stage === "prod" ? "page" : "info",
    role: "alone",
    patience: 300,
    expr: (limit) => `${silent.expr(view)} and ${lastHour.expr(view)} > ${limit}`,
    limit: 0.1,
    trouble: "above",
    labels,
    summary: `Nobody asks ${scope.plan.name} anything`,
    description:
      "{{ $value | humanize }} requests per second came within the last hour, none within the last five minutes.",
    runbook: {
      symptom: "Traffic has stopped completely.",
      impact: "Users cannot reach the system, though it seems healthy from inside.",
      diagnosis: LOOK,
      fix: [
        "Does the public name point to the entry? Ask from outside.",
        "Was traffic moved on purpose? Silence the alert for the planned time.",
      ],
    },
    proof: {
      series: (value) => [
        phased(sample, [
          // The rate over an hour, ten minutes of which are silent.
          { perSample: (value * 3600) / (hour * 0.5), samples: hour * 0.5 },
          { perSample: 0, samples: 900 },
        ]),
      ],
      labels: { namespace: scope.plan.name },
      settles: (hour * 0.5 + 1) * every + 300,
      firing: 1,
      silent: 0.05,
    },
  };
}
