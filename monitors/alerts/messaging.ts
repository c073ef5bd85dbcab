import { above, below, type Alert } from "../alert.ts";
import type { WorkloadPlan } from "../../model/plan/workload.ts";
import { METRICS } from "../metrics.ts";
import { phased, steady, type InputSeries, type Proof } from "../proof.ts";
import { example, viewOf, type Scope } from "../scope.ts";
import { messaging } from "../signals/messaging.ts";
import { hurried } from "../timing.ts";
import { LOOK_AT_SERVICE } from "./look.ts";

/** Consumers that fall behind and producers that cannot publish. */
export function messagingAlerts(scope: Scope): Alert[] {
  const consumer = scope.plan.workloads.find(({ consumes }) => consumes.length > 0);
  const producer = scope.plan.workloads.find(({ publishes }) => publishes.length > 0);
  return [
    ...(consumer
      ? [
          lagTicket(scope, consumer),
          lagPage(scope, consumer),
          stopped(scope, consumer),
          lagGrowing(scope, consumer),
          deadLetters(scope, consumer),
          parked(scope, consumer),
        ]
      : []),
    ...(producer ? [outboxTicket(scope, producer), outboxPage(scope, producer)] : []),
  ];
}

const CONSUMER_LOOK = [
  ...LOOK_AT_SERVICE,
  "kubectl -n $namespace exec kafka-0 -- kafka-tool consumer.group.ConsumerGroupCommand --describe --group $namespace.$service",
];
const CONSUMER_FIX = [
  "Is the consumer slow? Its database and its calls come first; then more replicas, up to the number of partitions.",
  "Does one event fail again and again? Its log line names it; it goes to the dead letters after the last attempt.",
  "Is Kafka down? Then KafkaDown fires as well and nothing has to be done here.",
];

const labelsOf = ({ plan }: Scope, { name }: WorkloadPlan, more = {}) => ({
  namespace: plan.name,
  service: name,
  ...more,
});
const topicOf = ({ topics }: WorkloadPlan) => topics.reads[0] ?? "";

function lag(scope: Scope, consumer: WorkloadPlan, name: string, severity: "page" | "ticket", age: number): Alert {
  return {
    name,
    severity,
    role: "symptom",
    patience: 120,
    ...above(messaging.lagSeconds.expr(viewOf(scope, "topic")), hurried(scope.timing, age)),
    summary: "{{ $labels.service }} is behind on {{ $labels.topic }}",
    description:
      "The oldest event of {{ $labels.topic }} that waits for {{ $labels.service }} is {{ $value | humanizeDuration }} old.",
    runbook: {
      symptom: "Events wait for a consumer.",
      impact: "The next step of the business case is late; views show old data. Nothing is lost.",
      diagnosis: CONSUMER_LOOK,
      fix: CONSUMER_FIX,
    },
    proof: {
      series: (value) => [
        steady(example(METRICS.lagSeconds.name, scope, consumer.name, { topic: topicOf(consumer) }), value),
      ],
      labels: labelsOf(scope, consumer, { topic: topicOf(consumer) }),
      settles: 0,
    },
  };
}

const lagTicket = (scope: Scope, consumer: WorkloadPlan) => lag(scope, consumer, "ConsumerBehind", "ticket", 30);
const lagPage = (scope: Scope, consumer: WorkloadPlan) => lag(scope, consumer, "ConsumerFarBehind", "page", 300);

/** Every replica is alive and none reads: what a lag that nobody measures would hide. */
function stopped(scope: Scope, consumer: WorkloadPlan): Alert {
  return {
    name: "ConsumerStopped",
    severity: "page",
    role: "symptom",
    patience: 120,
    ...below(messaging.connected.expr(viewOf(scope)), 1),
    summary: "{{ $labels.service }} reads no events",
    description: "No replica of {{ $labels.service }} is a member of its consumer group.",
    runbook: {
      symptom: "The service runs, but is no member of its consumer group.",
      impact: "Its events wait; see ConsumerBehind.",
      diagnosis: CONSUMER_LOOK,
      fix: [
        "Can the pods reach Kafka (NetworkPolicy, name resolution)?",
        "Restart the service: `kubectl -n $namespace rollout restart deployment -l app.kubernetes.io/name=$service`.",
      ],
    },
    proof: {
      series: (value) => [steady(example(METRICS.consumerConnected.name, scope, consumer.name), value)],
      labels: labelsOf(scope, consumer),
      settles: 0,
      firing: 0,
      silent: 1,
    },
  };
}

function lagGrowing(scope: Scope, consumer: WorkloadPlan): Alert {
  const window = "15m";
  const { where, by } = viewOf(scope);
  const waiting = messaging.lagRecords.expr({ where, by, window });
  return {
    name: "LagGrowing",
    severity: "ticket",
    role: "symptom",
    patience: 300,
    lingers: 300,
    // Growth within a quarter of an hour, of a lag that is already more than a batch.
    expr: (limit) => `delta(${`(${waiting})`}[${window}:1m]) > ${limit} and ${waiting} > 500`,
    limit: 100,
    trouble: "above",
    summary: "{{ $labels.service }} falls behind",
    description: "Within fifteen minutes {{ $value | humanize }} more events wait for {{ $labels.service }}.",
    runbook: {
      symptom: "More events arrive than are handled.",
      impact: "The delay grows until it breaks the freshness objective.",
      diagnosis: CONSUMER_LOOK,
      fix: CONSUMER_FIX,
    },
    proof: {
      series: (value, every) => [
        {
          series: example(METRICS.lagRecords.name, scope, consumer.name, { topic: topicOf(consumer), partition: "0" }),
          values: `1000+${Number(((value / 900) * every).toPrecision(10))}x800`,
        },
      ],
      labels: labelsOf(scope, consumer),
      settles: 840,
    },
  };
}

function deadLetters(scope: Scope, consumer: WorkloadPlan): Alert {
  const metric = example(METRICS.deadLetters.name, scope, consumer.name, {
    topic: topicOf(consumer),
    reason: "exhausted",
  });
  return {
    name: "DeadLetters",
    severity: "ticket",
    role: "alone",
    patience: 0,
    lingers: 300,
    ...above(messaging.deadLetters.expr(viewOf(scope, "topic")), 0),
    summary: "{{ $labels.service }} put events of {{ $labels.topic }} aside",
    description: "{{ $value | humanize }} events of {{ $labels.topic }} could not be handled and were put aside.",
    runbook: {
      symptom: "Events are in a dead-letter topic.",
      impact: "The business cases of these events stand still until somebody decides.",
      diagnosis: [
        ...CONSUMER_LOOK,
        "kubectl -n $namespace exec kafka-0 -- kafka-tool consumer.ConsoleConsumer --topic <topic>.$service.dlq --from-beginning --timeout-ms 5000",
      ],
      fix: [
        "Correct the cause, then send the events again from the dead-letter topic; handling is safe to repeat.",
        "Events that are wrong for good are answered by hand: the correlation key names the case.",
      ],
    },
    proof: {
      series: (value) => [
        phased(metric, [
          { perSample: 0, samples: 20 },
          { perSample: value, samples: 0 },
          { perSample: 0, samples: 900 },
        ]),
      ],
      labels: labelsOf(scope, consumer, { topic: topicOf(consumer) }),
      settles: 22 * scope.timing.scrape,
      firing: 1,
      silent: 0,
    },
  };
}

function parked(scope: Scope, consumer: WorkloadPlan): Alert {
  return {
    name: "EventsParked",
    severity: "ticket",
    role: "symptom",
    patience: 900,
    ...above(messaging.parked.expr(viewOf(scope)), 0),
    summary: "{{ $labels.service }} keeps putting events off",
    description: "{{ $value }} events have been waiting for another attempt for fifteen minutes.",
    runbook: {
      symptom: "Events are tried again and again.",
      impact: "Their business cases wait; others go on.",
      diagnosis: CONSUMER_LOOK,
      fix: CONSUMER_FIX,
    },
    proof: gauge(scope, consumer, METRICS.parked.name, { firing: 1, silent: 0 }),
  };
}

const gauge = (scope: Scope, workload: WorkloadPlan, metric: string, values: Partial<Proof> = {}): Proof => ({
  series: (value): InputSeries[] => [steady(example(metric, scope, workload.name), value)],
  labels: labelsOf(scope, workload),
  settles: 0,
  ...values,
});

function outbox(scope: Scope, producer: WorkloadPlan, name: string, severity: "page" | "ticket", age: number): Alert {
  return {
    name,
    severity,
    role: "symptom",
    patience: 60,
    ...above(messaging.outboxAge.expr(viewOf(scope)), hurried(scope.timing, age)),
    summary: "{{ $labels.service }} cannot publish",
    description: "The oldest event in the outbox of {{ $labels.service }} is {{ $value | humanizeDuration }} old.",
    runbook: {
      symptom: "Events stay in the outbox.",
      impact: "Requests succeed, but nobody hears of them yet. Nothing is lost.",
      diagnosis: CONSUMER_LOOK,
      fix: [
        "Is Kafka down or does it refuse writes? Its own alert says how to go on.",
        "Otherwise restart the relay: `kubectl -n $namespace rollout restart deployment -l app.kubernetes.io/name=$service`.",
      ],
    },
    proof: gauge(scope, producer, METRICS.outboxAge.name),
  };
}

const outboxTicket = (scope: Scope, producer: WorkloadPlan) => outbox(scope, producer, "OutboxStuck", "ticket", 30);
const outboxPage = (scope: Scope, producer: WorkloadPlan) => outbox(scope, producer, "OutboxStuckLong", "page", 300);
