import { FAULTS } from "./faults.ts";

/** The SLA checklist: what each item promises, which faults of a description and which experiment hold it beside the rules. */

export interface Item {
  readonly number: number;
  readonly title: string;
  /** The experiment at run time, and its pass line. */
  readonly proof: string;
  /** Kinds of fault in a description that would break it (model/check). */
  readonly faults: readonly string[];
  /** Why a description needs no check of its own. */
  readonly unspoken: string;
  /** What of it no rule holds. */
  readonly open?: string;
}

/** Items about which a description has no word yet; all others without a fault are derived, so that it cannot get them wrong. */
const WITHOUT_WORD = [9, 18, 22, 29];
const OPEN: Readonly<Record<number, string>> = {
  22: "that a system mixes two runtimes is its purpose, not a property of resources",
};
const item = (number: number, title: string, proof: string): Item => ({
  number,
  title,
  proof,
  faults: FAULTS[number] ?? [],
  unspoken: WITHOUT_WORD.includes(number)
    ? "none: descriptions have no word for it"
    : "none: derived, a description cannot get it wrong",
  ...(OPEN[number] ? { open: OPEN[number] } : {}),
});

// biome-ignore format: one item a line
export const CHECKLIST: readonly Item[] = [
  item(1, "Self-healing: liveness probe with a threshold", "hang one pod: only that container restarts, and the Service keeps answering"),
  item(2, "Circuit breaker on every synchronous edge", "slow the callee: fast 503s, longest answer within the time-out, recovery within the open time"),
  item(3, "Rate limit and bulkhead", "send twice the limit: 429 with Retry-After for the excess, a second client is unaffected"),
  item(4, "Autoscaler", "load the target: replicas rise within 90 s, availability stays at 99.9 %, no flapping"),
  item(5, "Monitoring", "every declared target is up, a request moves its counter, every panel has data"),
  item(6, "Alerting", "scale a service to zero: one mail with name and severity, and one when it is back"),
  item(7, "Zero downtime: readiness probe", "new version under load: no failed request, none answered by a pod that is not ready"),
  item(8, "Zero downtime: rolling update", "new version under load: 100.00 %, 0 failed; a version that never becomes ready leaves the old one serving"),
  item(9, "Contract test", "a provider change that drops a required field fails the consumer-driven tests"),
  item(10, "Configuration in ConfigMaps", "change a value: pods roll, the code uses it, traffic is uninterrupted"),
  item(11, "Secrets", "previews and exported state hold no plain value; rotation rolls the pods"),
  item(12, "Persistent volumes", "write, delete the pod, read the same row back"),
  item(13, "Gateway as single entry", "every route answers through the entry, cluster ports are closed, http becomes https"),
  item(14, "Authentication", "no token 401, expired 401, foreign key 401, wrong scope 403, good 200"),
  item(15, "Deploy pipeline", "a change that breaks a rule fails; the same commit builds the same digest"),
  item(16, "Saga and compensation", "fail each step in turn: the final state is right in every service and view"),
  item(17, "Correlation key", "interleave 100 sagas: every key's events in order, on its own rows"),
  item(18, "CQRS read model", "stop all owners: the view answers; replay gives the same rows"),
  item(19, "Asynchronous isolation and catch-up", "stop a supporting service: the core goes on, and nothing is missed or doubled afterwards"),
  item(20, "Consumers scale out without duplicates", "three replicas: all work, effects equal events, also while rebalancing"),
  item(21, "Resources and memory", "memory pressure: more within bounds, then back, without needless restarts"),
  item(22, "Polyglot", "the contract tests pass for every runtime; a payment stands in the MariaDB table"),
  item(23, "Health of oneself", "stop one service: the others stay healthy"),
  item(24, "Queue before the database", "kill the writer between accept and write: none of 1,000 commands lost or doubled"),
  item(25, "Replicas, spread, disruption budget", "drain a node under load: 100 %, never fewer ready than the budget says"),
  item(26, "No bare pods", "delete any pod: it comes back"),
  item(27, "Pod security", "a violating pod is refused; id is not 0; writing outside the volume fails"),
  item(28, "Network policy", "a service that is not on the list times out; listed ones work"),
  item(29, "Mesh", "plain text is refused; a failing replica is ejected and returns"),
  item(30, "Relational database", "fail over under load: errors only within the failover time; a restore has all rows"),
  item(31, "Kafka", "stop a broker while 1,000 sagas run: none lost, none doubled, lag returns to 0"),
  item(32, "Cluster", "terminate a node: availability stays at 99.9 %"),
  item(33, "Namespaces, labels, tags", "a query by label returns exactly the declared set"),
  item(34, "Fault injection is closed", "404 through the entry on every stage"),
  item(35, "Debug and schema settings", "roll out against an empty and against the previous version's database"),
  item(36, "API versions", "server-side dry run on the cluster's version"),
  item(37, "Everything resolves", "every Service has endpoints after deployment"),
  item(38, "Graceful stop", "requests of 5 s during a rollout are all answered"),
  item(39, "Outbox and idempotency", "kill between commit and publish: published later; the same event three times: one effect"),
  item(40, "Monitoring survives", "delete its pods: history and silences remain; the watchdog's mail stops only when the chain is cut"),
];
