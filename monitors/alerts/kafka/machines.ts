import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { counting, steady } from "../../proof.ts";
import { kafka } from "../../signals/kafka.ts";
import { about } from "../outline.ts";
import { brokerBook as book, type Brokers } from "./brokers.ts";

const LOOK_AT_CLOUD = [
  "aws kafka list-clusters-v2 --query 'ClusterInfoList[].[ClusterName,State,ClusterArn]' --output table",
  "aws logs tail /slipway/<cluster>/brokers --since 15m",
];

/** Machines of brokers that belong to a cloud; those in pods show as containers and volumes. */
export function machineAlerts(brokers: Brokers): Alert[] {
  return [
    disk(
      brokers,
      { ...about("KafkaDiskFilling", "ticket", 3600), limit: 0.7 },
      "Storage grows by itself at 60 %; above 70 % it did not. Has it reached its limit, or grown within the last six hours?",
    ),
    disk(brokers, { ...about("KafkaDiskFull", "page", 300), limit: 0.85 }, "Enlarge the storage by hand at once."),
    cpuBusy(brokers),
  ];
}

function disk(
  { view, labels, of }: Brokers,
  outline: Pick<Alert, "name" | "severity" | "patience" | "role" | "limit">,
  fix: string,
): Alert {
  const { limit } = outline;
  return {
    ...outline,
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
  };
}

function cpuBusy({ view, labels, of, timing }: Brokers): Alert {
  return {
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
  };
}
