import { above, type Alert, below } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { counting, steady } from "../../proof.ts";
import { RECORDED } from "../../recorded.ts";
import { example, type Scope, seenRedis, viewOf } from "../../scope.ts";
import { redis } from "../../signals/redis.ts";
import { broke, knownBefore, SAMPLES_BEFORE, startGuards } from "../known.ts";
import { LOOK_AT_STORE } from "../look.ts";
import { about, bookWith } from "../outline.ts";

const MEMORY = 64 * 2 ** 20;
const book = bookWith([
  ...LOOK_AT_STORE,
  "kubectl -n $namespace exec $service-0 -c redis -- sh -c 'REDISCLI_AUTH=$(cat $REDIS_MONITOR_PASSWORD_FILE) redis-cli --user slipway.monitor info' | grep -E 'used_memory_human|maxmemory|connected_clients|evicted|rdb_last|aof_last'",
]);

/** Every Redis of a system; none for a system without, or where the cloud runs and watches them. */
export function redisAlerts(scope: Scope): Alert[] {
  const [first] = seenRedis(scope);
  if (!first) return [];
  const one = { scope, service: first.name, labels: { namespace: scope.plan.name, service: first.name } };
  const kept = seenRedis(scope).filter(({ keeps }) => keeps !== "nothing");
  const keeper = kept[0] && { ...one, service: kept[0].name, labels: { ...one.labels, service: kept[0].name } };
  return [down(one), refused(one), ...(keeper ? [memory(keeper), notSaved(keeper)] : [])];
}

/** A store that stands for all of its kind in what an alert is proven by. */
interface One {
  readonly scope: Scope;
  readonly service: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Only of stores that keep something: in others the oldest keys go when memory is full, as they should. */
function keeping(scope: Scope): string {
  return `and on (namespace, service) ${RECORDED.store}{namespace="${scope.plan.name}",keeps="something"}`;
}

function down({ scope, service, labels }: One): Alert {
  const view = viewOf(scope);
  return {
    ...about("RedisDown", "page", 30),
    role: "cause",
    expr: (limit) =>
      `(${redis.up.expr(view)}) < ${limit} and on (${view.by.join(", ")}) ${knownBefore(redis.up.expr(view), RECORDED.store, view)}`,
    limit: 1,
    trouble: "below",
    summary: "Redis {{ $labels.service }} is down",
    description: "The Redis {{ $labels.service }} does not let its exporter log in, or nobody can reach it.",
    runbook: book("A Redis does not answer.", "Services that use it fail, or ask their databases for everything.", [
      "Does the pod start? A full volume, a missing Secret or too little memory is in its log.",
      "Ended with `OOMKilled`? A snapshot needs memory for what changes meanwhile: let keys expire earlier.",
      "Pod `Pending`? Its volume is bound to a node: is that node up?",
    ]),
    proof: {
      series: (value) => [broke(example(METRICS.redisUp.name, scope, service), value)],
      labels,
      settles: SAMPLES_BEFORE * scope.timing.scrape,
      firing: 0,
      silent: 1,
    },
    guards: startGuards("fires when nobody ever reaches the server", "is silent while a new server starts", labels),
  };
}

function memory({ scope, service, labels }: One): Alert {
  const of = (metric: string) => example(metric, scope, service);
  return {
    ...about("RedisMemory", "ticket", 300),
    expr: (limit) => `${redis.memory.expr(viewOf(scope))} > ${limit} ${keeping(scope)}`,
    limit: 0.85,
    trouble: "above",
    summary: "Redis {{ $labels.service }} is nearly full",
    description: "{{ $value | humanizePercentage }} of the memory of {{ $labels.service }} holds keys.",
    runbook: book("Memory for keys runs out.", "When it is full, writes are refused; nothing is thrown away.", [
      "Which keys grow? Do they expire? Give what is not needed for ever a time to live.",
      "All of it is needed? Raise the memory of the store.",
    ]),
    proof: {
      series: (value) => [
        steady(of(METRICS.redisMemory.name), value * MEMORY),
        steady(of(METRICS.redisMaxMemory.name), MEMORY),
      ],
      labels,
      settles: 0,
    },
  };
}

function refused({ scope, service, labels }: One): Alert {
  return {
    ...about("RedisRefusesClients", "ticket", 120),
    ...above(redis.refused.expr(viewOf(scope)), 0.1),
    summary: "Redis {{ $labels.service }} turns clients away",
    description: "{{ $value | humanize }} connections a second are refused because there are too many.",
    runbook: book("Connections are refused.", "Requests of the services that use it fail at random.", [
      "Which service opens so many? Let it keep one pool for the whole process.",
    ]),
    proof: {
      series: (value, every) => [counting(example(METRICS.redisRefused.name, scope, service), value, every)],
      labels,
      settles: scope.timing.rate,
    },
  };
}

function notSaved({ scope, service, labels }: One): Alert {
  const of = (metric: string) => example(metric, scope, service);
  return {
    ...about("RedisNotSaved", "ticket", 120),
    ...below(redis.saved.expr(viewOf(scope)), 1),
    summary: "Redis {{ $labels.service }} cannot write to its disk",
    description: "The last snapshot or the last write of the log of {{ $labels.service }} failed.",
    runbook: book(
      "Data is no longer written to disk.",
      "Writes are refused, and what is in memory is lost with the pod.",
      [
        "Is the volume full? Enlarge it, or let keys expire earlier.",
        "Too little memory for the copy of the process that writes a snapshot? It is in the log.",
      ],
    ),
    proof: {
      series: (value) => [steady(of(METRICS.redisSnapshot.name), value), steady(of(METRICS.redisLog.name), 1)],
      labels,
      settles: 0,
      firing: 0,
      silent: 1,
    },
  };
}
