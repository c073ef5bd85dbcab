import type { Alert } from "./alert.ts";
import { callAlerts } from "./alerts/calls.ts";
import { messagingAlerts } from "./alerts/messaging/messaging.ts";
import { objectiveAlerts } from "./alerts/objectives/objectives.ts";
import { poolAlerts } from "./alerts/pool.ts";
import { postgresStores } from "../model/plan/stores.ts";
import { databaseUsers, dependentsOf, usersWithCallers } from "./dependents.ts";
import { systemAlerts } from "./rules.ts";
import { seesDatabase, seesPostgres, type Scope } from "./scope.ts";
import { patience, type Timing } from "./timing.ts";

/**
 * Alertmanager keeps the target silent while the source fires. `equal` is never empty: it ties the two to one place. A label
 * that neither of them carries counts as equal there, so every alert that the matchers mean must carry all of them.
 */
export interface Inhibition {
  readonly source_matchers: readonly string[];
  readonly target_matchers: readonly string[];
  readonly equal: readonly [string, ...string[]];
}

const SAME_SERVICE = ["namespace", "service"] as const;

/**
 * What explains what. A cause explains every symptom of its own service, and of those that depend on it by the declared
 * edges what follows from answers that do not come; a page explains the tickets of its service. Only pairs without a
 * race are written: see `comesFirst`.
 */
export function inhibitions(scope: Scope): Inhibition[] {
  const { plan, timing, stores } = scope;
  const alerts = systemAlerts(scope);
  const burns = alerts.filter(({ burn }) => burn).map(({ name }) => name);
  const system = `namespace="${plan.name}"`;
  const carried = 'service!=""';
  return [
    {
      source_matchers: ['role="cause"', system, carried],
      target_matchers: [system, 'role="symptom"', carried],
      equal: SAME_SERVICE,
    },
    ...plan.workloads.flatMap(({ name }) => unanswered(scope, "ServiceDown", name, dependentsOf(plan, name))),
    ...(seesDatabase({ plan, stores }) ? unanswered(scope, "MariaDbDown", "mariadb", databaseUsers(plan)) : []),
    ...(seesPostgres({ plan, stores })
      ? unanswered(scope, "PostgresDown", "postgres", usersWithCallers(plan, postgresStores(plan)))
      : []),
    ...(plan.messaging.topics.length === 0 ? [] : [withoutKafka(scope, system)]),
    ...pagesOverTickets(alerts, timing, system),
    {
      source_matchers: ['alertname="Aftermath"', system],
      target_matchers: [system, 'severity="page"', oneOf("alertname", burns)],
      equal: [...SAME_SERVICE, "slo"],
    } as const,
  ].filter(({ source_matchers, target_matchers }) => [...source_matchers, ...target_matchers].every(meansSomebody));
}

/** What a system has no alert for needs no silence: an empty name would mean alerts without one. */
function meansSomebody(matcher: string): boolean {
  return !matcher.endsWith('=~""');
}

/** What those see who wait for an answer of something that is down: broken promises, work that is not done, open circuits to it. */
function unanswered(scope: Scope, cause: string, gone: string, dependents: readonly string[]): Inhibition[] {
  const system = `namespace="${scope.plan.name}"`;
  const source_matchers = [`alertname="${cause}"`, system, `service="${gone}"`];
  const explained = [...objectiveAlerts(scope), ...messagingAlerts(scope), ...poolAlerts(scope)];
  const targets = [system, 'role="symptom"', oneOf("service", dependents)];
  if (dependents.length === 0) return [];
  return [
    { source_matchers, target_matchers: [...targets, oneOf("alertname", namesOf(explained))], equal: ["namespace"] },
    {
      source_matchers,
      target_matchers: [
        ...targets,
        oneOf("alertname", namesOf(callAlerts(scope))),
        oneOf("callee", [gone, ...dependents]),
      ],
      equal: ["namespace"],
    },
  ];
}

function withoutKafka(scope: Scope, system: string): Inhibition {
  const late = [
    ...namesOf(messagingAlerts(scope)),
    ...namesOf(objectiveAlerts(scope)).filter((name) => name === "FreshnessBudgetBurn"),
  ];
  return {
    source_matchers: ['alertname="KafkaDown"', system],
    target_matchers: [system, oneOf("alertname", late)],
    equal: ["namespace"],
  };
}

/**
 * A machine that is gone explains itself once, and that its own pods cannot be measured. Replicas that are still missing
 * after fifteen minutes it does not explain: others have taken their place after five, or there is no room for them.
 */
export const PLATFORM_INHIBITIONS: readonly Inhibition[] = [
  {
    source_matchers: ['alertname="NodeDown"'],
    target_matchers: ['alertname="NodeNotReady"'],
    equal: ["node"],
  },
  {
    source_matchers: [oneOf("alertname", ["NodeDown", "NodeNotReady"])],
    target_matchers: ['alertname="TargetDown"', 'node!=""'],
    equal: ["node"],
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
      source_matchers: [system, 'service!=""', 'severity="page"', oneOf("alertname", namesOf(pages))],
      target_matchers: [system, 'service!=""', 'severity="ticket"', oneOf("alertname", namesOf(tickets))],
      equal: SAME_SERVICE,
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

const namesOf = (alerts: readonly Alert[]) => alerts.map(({ name }) => name);

function oneOf(label: string, values: readonly string[]): string {
  return `${label}=~"${[...new Set(values)].toSorted().join("|")}"`;
}
