import type { Alert } from "./alert.ts";
import { messagingAlerts } from "./alerts/messaging/messaging.ts";
import { databaseUsers, dependentsOf } from "./dependents.ts";
import { systemAlerts } from "./rules.ts";
import { seesDatabase, type Scope } from "./scope.ts";
import { patience, type Timing } from "./timing.ts";

/** Alertmanager keeps the target silent while the source fires. */
export interface Inhibition {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal?: readonly string[];
}

/**
 * What explains what. A cause explains the symptoms of its own service and of those that depend on it by the declared
 * edges; a page explains the tickets of its service. Only pairs without a race are written: see `comesFirst`.
 */
export function inhibitions(scope: Scope): Inhibition[] {
  const { plan, timing } = scope;
  const alerts = systemAlerts(scope);
  const burns = alerts.filter(({ burn }) => burn).map(({ name }) => name);
  const system = `namespace="${plan.name}"`;
  const symptoms = [system, 'role="symptom"'];
  const explain = (cause: string, service: string, targets: readonly string[]): Inhibition => ({
    source_matchers: [`alertname="${cause}"`, system, `service="${service}"`],
    target_matchers: [...targets],
  });
  return [
    { source_matchers: ['role="cause"', system], target_matchers: symptoms, equal: ["namespace", "service"] },
    ...plan.workloads.flatMap(({ name }) => {
      const dependents = dependentsOf(plan, name);
      return dependents.length === 0 ? [] : [explain("ServiceDown", name, [...symptoms, oneOf("service", dependents)])];
    }),
    ...(!seesDatabase(scope)
      ? []
      : [explain("MariaDbDown", "mariadb", [...symptoms, oneOf("service", databaseUsers(plan))])]),
    ...(plan.messaging.topics.length === 0
      ? []
      : [
          explain("KafkaDown", "kafka", [
            system,
            oneOf("alertname", [...messagingAlerts(scope).map(({ name }) => name), "FreshnessBudgetBurn"]),
          ]),
        ]),
    ...pagesOverTickets(alerts, timing, system),
    {
      source_matchers: ['alertname="Aftermath"', system],
      target_matchers: [system, 'severity="page"', oneOf("alertname", burns)],
      equal: ["namespace", "service", "slo"],
    },
  ];
}

/** A node that is gone explains pods that are gone, in every system. */
export const PLATFORM_INHIBITIONS: readonly Inhibition[] = [
  {
    source_matchers: ['alertname=~"NodeDown|NodeNotReady"'],
    target_matchers: [oneOf("alertname", ["TargetDown", "ReplicasMissing", "DisruptionBudgetBroken"])],
  },
];

/** One mail for one trouble: a service that somebody is woken for needs no ticket. */
function pagesOverTickets(alerts: readonly Alert[], timing: Timing, system: string): Inhibition[] {
  const pages = alerts.filter(
    ({ severity, role, patience: held }) => severity === "page" && role === "symptom" && held <= 60,
  );
  const tickets = alerts.filter(
    (alert) =>
      alert.severity === "ticket" && alert.role === "symptom" && pages.every((page) => comesFirst(page, alert, timing)),
  );
  return [
    {
      source_matchers: [
        system,
        'severity="page"',
        oneOf(
          "alertname",
          pages.map(({ name }) => name),
        ),
      ],
      target_matchers: [
        system,
        'severity="ticket"',
        oneOf(
          "alertname",
          tickets.map(({ name }) => name),
        ),
      ],
      equal: ["namespace", "service"],
    },
  ];
}

/**
 * True when the source is known before the target's mail may leave, whatever the moment of the fault: else the mail
 * is out before there is anything to silence it. The source needs its patience, a scrape and an evaluation.
 */
export function comesFirst(source: Alert, target: Alert, timing: Timing): boolean {
  const wait = target.severity === "page" ? timing.page.wait : timing.ticket.wait;
  return (
    patience(timing, target.patience) + wait >= patience(timing, source.patience) + timing.scrape + timing.evaluation
  );
}

function oneOf(label: string, values: readonly string[]): string {
  return `${label}=~"${[...new Set(values)].toSorted().join("|")}"`;
}
