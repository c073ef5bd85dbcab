import type { Alert } from "./alert.ts";
import { absenceAlerts } from "./alerts/absence/absence.ts";
import { aftermath } from "./alerts/objectives/aftermath.ts";
import { callAlerts } from "./alerts/calls.ts";
import { clusterAlerts } from "./alerts/cluster/cluster.ts";
import { entryAlerts } from "./alerts/entry.ts";
import { jobAlerts } from "./alerts/jobs/jobs.ts";
import { kafkaAlerts } from "./alerts/kafka/kafka.ts";
import { mariadbAlerts } from "./alerts/mariadb/mariadb.ts";
import { postgresAlerts } from "./alerts/postgres/postgres.ts";
import { redisAlerts } from "./alerts/redis/redis.ts";
import { messagingAlerts } from "./alerts/messaging/messaging.ts";
import { monitoringAlerts } from "./alerts/monitoring/monitoring.ts";
import { objectiveAlerts } from "./alerts/objectives/objectives.ts";
import { ownAlerts } from "./alerts/own.ts";
import { podAlerts } from "./alerts/pods/pods.ts";
import { poolAlerts } from "./alerts/pool.ts";
import { processAlerts } from "./alerts/process.ts";
import { scalingAlerts } from "./alerts/scaling.ts";
import { volumeAlerts } from "./alerts/volumes.ts";
import { alertingRule, type Links } from "./alerting-rule.ts";
import { serviceObjectives } from "./objective.ts";
import { duration } from "./promql/duration.ts";
import { declarations, errorRatios, explanations, firingAlerts, indicators } from "./recordings.ts";
import type { RuleGroup } from "./rule-file.ts";
import type { Scope } from "./scope.ts";
import type { Timing } from "./timing.ts";

/** Every alert of one system. */
export function systemAlerts(scope: Scope): Alert[] {
  const remembered = serviceObjectives(scope.plan).length > 0 ? [aftermath(scope)] : [];
  const ours = [
    ...objectiveAlerts(scope),
    ...remembered,
    ...absenceAlerts(scope),
    ...podAlerts(scope),
    ...scalingAlerts(scope),
    ...jobAlerts(scope),
    ...processAlerts(scope),
    ...volumeAlerts(scope),
    ...callAlerts(scope),
    ...poolAlerts(scope),
    ...messagingAlerts(scope),
    ...mariadbAlerts(scope),
    ...postgresAlerts(scope),
    ...redisAlerts(scope),
    ...kafkaAlerts(scope),
    ...entryAlerts(scope),
  ];
  return [...ours, ...ownAlerts(scope).map((own) => named(scope, own, ours))];
}

/** An alert of one service must not be taken for one that every system has. */
function named({ plan }: Scope, own: Alert, ours: readonly Alert[]): Alert {
  if (ours.every(({ name }) => name !== own.name)) return own;
  throw new Error(
    `${plan.name}/${own.proof.labels["service"]}: measures.${own.name} has the name of an alert that every system has. Rename it in systems/${plan.name}/.`,
  );
}

/** Every alert that a cluster needs once, however many systems run in it. */
export function platformAlerts(timing: Timing): Alert[] {
  return [...clusterAlerts(timing), ...monitoringAlerts(timing)];
}

/** Recording and alerting rules of one system. */
export function systemRules(scope: Scope, links: Links): RuleGroup[] {
  const { plan, timing } = scope;
  const interval = duration(timing.evaluation);
  const origin = { team: plan.owner, system: plan.name };
  return [
    {
      name: `${plan.name}.objectives`,
      interval,
      rules: [...declarations(scope), ...indicators(plan, timing), ...errorRatios(plan, timing), ...explanations(plan)],
    },
    {
      name: `${plan.name}.alerts`,
      interval,
      rules: [...systemAlerts(scope).map((alert) => alertingRule(alert, timing, origin, links)), firingAlerts(plan)],
    },
  ];
}

/** Alerting rules of the cluster itself. */
export function platformRules(timing: Timing, links: Links): RuleGroup[] {
  const origin = { team: "platform", system: "platform" };
  const rules = platformAlerts(timing).map((alert) => alertingRule(alert, timing, origin, links));
  return [{ name: "platform.alerts", interval: duration(timing.evaluation), rules }];
}
