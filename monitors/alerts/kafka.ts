import { above, type Alert } from "../alert.ts";
import { METRICS } from "../metrics.ts";
import { RECORDED } from "../recorded.ts";
import { counting, phased, steady, type Proof } from "../proof.ts";
import type { View } from "../promql/selector.ts";
import { example, viewOf, type Scope } from "../scope.ts";
import { kafka } from "../signals/kafka.ts";
import type { Timing } from "../timing.ts";
import { broke, FIRST_START_SECONDS, knownBefore, SAMPLES_BEFORE } from "./known.ts";
import { LOOK_AT_STORE } from "./look.ts";
import { about, bookWith } from "./outline.ts";

const STORE = "kafka";

interface Tools {
  readonly view: View;
  readonly timing: Timing;
  readonly labels: Readonly<Record<string, string>>;
  of(metric: string, labels?: Record<string, string>): string;
  gauge(metric: string, values?: Partial<Proof>): Proof;
}

/** The brokers of a system; none for a system without events. */
export function kafkaAlerts(scope: Scope): Alert[] {
  if (scope.plan.messaging.topics.length === 0) return [];
  const of = (metric: string, more = {}) => example(metric, scope, STORE, more);
  const labels = { namespace: scope.plan.name, service: STORE };
  const gauge = (metric: string, values: Partial<Proof> = {}): Proof => ({
    series: (value) => [steady(of(metric), value)],
    labels,
    settles: 0,
    ...values,
  });
  const tools = { view: viewOf(scope), timing: scope.timing, labels, of, gauge };
  return [
    down(scope, {
      series: (value) => [broke(of(METRICS.up.name, { job: "stores" }), value)],
      labels,
      settles: SAMPLES_BEFORE * scope.timing.scrape,
      firing: 0,
      silent: 1,
    }),
    ...partitionAlerts(tools),
    ...loadAlerts(tools),
    ...(scope.stores === "cloud" ? machineAlerts(tools) : [controller(tools)]),
  ];
}

const WHOLE = { firing: 1, silent: 0 };

function partitionAlerts({ view, labels, of, gauge, timing }: Tools): Alert[] {
  return [
    {
      ...about("KafkaPartitionsOffline", "page", 60),
      ...above(kafka.offline.expr(view), 0),
      summary: "Kafka has partitions without a leader",
      description: "{{ $value }} partitions can neither be written nor read.",
      runbook: book("Partitions have no leader.", "Events of the keys in them wait in the outboxes; nothing is lost.", [
        "Bring the missing broker back. Never elect an unclean leader: it forgets events that were acknowledged.",
      ]),
      proof: gauge(METRICS.kafkaOffline.name, WHOLE),
    },
    {
      ...about("KafkaBelowMinInSync", "page", 60),
      ...above(kafka.underMinInSync.expr(view), 0),
      summary: "Kafka refuses writes",
      description: "{{ $value }} partitions have fewer copies in sync than a write needs.",
      runbook: book("Too few copies are in sync.", "Writes to these partitions are refused; outboxes grow.", [
        "Bring the missing broker back.",
        'Is a broker slow? Its disk or network is on the dashboard "Kafka".',
      ]),
      proof: gauge(METRICS.kafkaUnderMinInSync.name, WHOLE),
    },
    {
      ...about("KafkaUnderReplicated", "ticket", 900),
      ...above(kafka.underReplicated.expr(view), 0),
      summary: "Kafka lacks copies",
      description: "{{ $value }} partitions have had fewer copies than planned for fifteen minutes.",
      runbook: book("Copies lag behind or are missing.", "None yet; one more fault stops writes.", [
        "Is a broker down or restarting? Otherwise look at its disk and network.",
      ]),
      proof: gauge(METRICS.kafkaUnderReplicated.name, WHOLE),
    },
    {
      ...about("KafkaUncleanElection", "page", 0),
      lingers: 300,
      ...above(kafka.uncleanElections.expr(view), 0),
      summary: "Kafka has lost events",
      description:
        "{{ $value | humanize }} times within ten minutes a broker became leader that lacked acknowledged events.",
      runbook: book(
        "A leader was elected that was not in sync.",
        "Acknowledged events are lost, and consumers may be ahead of the topic.",
        [
          "Compare the outboxes with the topics from the time of the election and publish again what is missing; handling is safe to repeat.",
          "Who allowed it? `unclean.leader.election.enable` must be false on brokers and topics.",
        ],
      ),
      proof: {
        series: (value) => [
          phased(of(METRICS.kafkaUncleanElections.name), [
            { perSample: 0, samples: 20 },
            { perSample: value, samples: 0 },
            { perSample: 0, samples: 900 },
          ]),
        ],
        labels,
        settles: 22 * timing.scrape,
        ...WHOLE,
      },
    },
    {
      ...about("KafkaInSyncShrinks", "ticket", 900),
      ...above(kafka.inSyncShrinks.expr(view), 0),
      summary: "Copies of Kafka fall out of sync again and again",
      description: "{{ $value | humanize }} times per second a copy falls out of sync, for fifteen minutes.",
      runbook: book(
        "Copies leave the set of those in sync and come back.",
        "Writes wait for slow copies; one more fault stops them.",
        [
          "One broker? Its disk, its network or its garbage collection is slow.",
          "All of them? The brokers have too much to do: see KafkaBusy.",
        ],
      ),
      proof: {
        series: (value, every) => [counting(of(METRICS.kafkaInSyncShrinks.name), value, every)],
        labels,
        settles: timing.scrape,
        firing: 0.1,
        silent: 0,
      },
    },
  ];
}

/** Where the brokers are ours; a cloud keeps the controllers to itself. */
function controller({ view, labels, of }: Tools): Alert {
  return {
    ...about("KafkaController", "page", 300),
    ...above(`abs(${kafka.controllers.expr(view)} - 1)`, 0),
    summary: "Kafka has not exactly one controller",
    description: "None, or more than one broker says that it is the active controller.",
    runbook: book(
      "The number of active controllers is not one.",
      "Leaders cannot be chosen; a broker that fails is not replaced.",
      ["Look for a network split between the brokers.", "Restart the controller that is alone."],
    ),
    proof: { series: (value) => [steady(of(METRICS.kafkaControllers.name), 1 + value)], labels, settles: 0, ...WHOLE },
    guards: [
      {
        title: "fires without any controller",
        series: [steady(of(METRICS.kafkaControllers.name), 0)],
        after: 330,
        fires: labels,
      },
    ],
  };
}

/** Machines of brokers that belong to a cloud; those in pods show as containers and volumes. */
function machineAlerts({ view, labels, of, timing }: Tools): Alert[] {
  const disk = (name: string, severity: "page" | "ticket", patience: number, limit: number, fix: string): Alert => ({
    ...about(name, severity, patience),
    ...above(kafka.brokerDisk.expr(view), limit),
    summary: "A disk of Kafka fills up",
    description: "{{ $value | humanizePercentage }} of a broker's disk is taken.",
    runbook: {
      ...book("A broker's disk fills up.", "A broker with a full disk stops, and its partitions with it.", [
        fix,
        'Shorten the retention of the largest topic (dashboard Kafka, "Log size").',
      ]),
      diagnosis: LOOK_AT_CLOUD,
    },
    proof: {
      series: (value) => [
        steady(of(METRICS.brokerDiskAvailable.name), Number((1 - value).toFixed(9)) * 1e9),
        steady(of(METRICS.brokerDiskSize.name), 1e9),
      ],
      labels,
      settles: 0,
      firing: limit + 0.01,
      silent: limit - 0.01,
    },
  });
  return [
    disk(
      "KafkaDiskFilling",
      "ticket",
      3600,
      0.7,
      "Storage grows by itself at 60 %; above 70 % it did not. Has it reached its limit, or grown within the last six hours?",
    ),
    disk("KafkaDiskFull", "page", 300, 0.85, "Enlarge the storage by hand at once."),
    {
      ...about("KafkaCpuBusy", "ticket", 900),
      ...above(kafka.brokerCpu.expr(view), 0.6),
      summary: "The brokers of Kafka compute too much",
      description: "The cores of a broker are busy {{ $value | humanizePercentage }} of the time.",
      runbook: {
        ...book("A broker's cores are busy.", "When one broker fails, the others cannot take its load.", [
          "Larger brokers or fewer partitions; look for a client that asks without pause.",
        ]),
        diagnosis: LOOK_AT_CLOUD,
      },
      proof: {
        series: (value, every) => [counting(of(METRICS.brokerCpu.name, { cpu: "0", mode: "idle" }), 1 - value, every)],
        labels,
        settles: timing.scrape,
      },
    },
  ];
}

const LOOK_AT_CLOUD = [
  "aws kafka list-clusters-v2 --query 'ClusterInfoList[].[ClusterName,State,ClusterArn]' --output table",
  "aws logs tail /slipway/<cluster>/brokers --since 15m",
];

function loadAlerts({ view, labels, of }: Tools): Alert[] {
  return [
    {
      ...about("KafkaBusy", "ticket", 900),
      ...above(kafka.busy.expr(view), 0.7),
      summary: "The request handlers of Kafka are busy",
      description: "They are at work {{ $value | humanizePercentage }} of the time.",
      runbook: book("Request handlers have little idle time.", "Publishing and reading get slower.", [
        "More partitions do not help; more CPU or brokers do. Look for a client that asks without pause.",
      ]),
      proof: { series: (value) => [steady(of(METRICS.kafkaHandlerIdle.name), 1 - value)], labels, settles: 0 },
    },
    {
      ...about("KafkaHeap", "ticket", 900),
      ...above(kafka.heap.expr(view), 0.9),
      summary: "The heap of Kafka is nearly full",
      description: "A broker uses {{ $value | humanizePercentage }} of its heap.",
      runbook: book("A broker's heap stays nearly full.", "Long pauses; the broker may leave the cluster.", [
        "Raise the heap and the memory limit together.",
      ]),
      proof: {
        series: (value) => [
          steady(of(METRICS.jvmUsed.name, { area: "heap" }), value * 1e9),
          steady(of(METRICS.jvmMax.name, { area: "heap" }), 1e9),
        ],
        labels,
        settles: 0,
      },
    },
  ];
}

function down(scope: Scope, proof: Proof): Alert {
  const { brokers } = scope.plan.numbers.kafka;
  const view = viewOf(scope);
  return {
    ...about("KafkaDown", "page", 30),
    role: "cause",
    expr: (limit) =>
      `(${kafka.up.expr(view)}) < ${limit} and on (${view.by.join(", ")}) ${knownBefore(kafka.up.expr(view), RECORDED.store, view)}`,
    limit: 1,
    trouble: "below",
    summary: "Kafka is down",
    description: `None of ${brokers} ${brokers === 1 ? "broker" : "brokers"} can be reached.`,
    runbook: book(
      "No broker answers.",
      "Requests still succeed: events wait in the outboxes and go out when Kafka is back. What users read grows old.",
      [
        "Does the pod start? A full volume or too little memory is in its log.",
        "Pod `Pending`? Its volume is bound to a node: is that node up?",
      ],
    ),
    proof,
    guards: [
      {
        title: "fires when nobody ever reaches a broker",
        series: [],
        after: FIRST_START_SECONDS + 60,
        fires: proof.labels,
      },
      { title: "is silent while new brokers start", series: [], after: FIRST_START_SECONDS - 60, fires: null },
    ],
  };
}

const book = bookWith(LOOK_AT_STORE);
