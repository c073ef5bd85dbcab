import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { counting } from "../../proof.ts";
import { kafka } from "../../signals/kafka.ts";
import { about } from "../outline.ts";
import { brokerBook as book, WHOLE, type Brokers } from "./brokers.ts";

/** Too few copies for a write. */
export function belowMinInSync({ view, gauge }: Brokers): Alert {
  return {
    ...about("KafkaBelowMinInSync", "page", 60),
    ...above(kafka.underMinInSync.expr(view), 0),
    summary: "Kafka refuses writes",
    description: "{{ $value }} partitions have fewer copies in sync than a write needs.",
    runbook: book("Too few copies are in sync.", "Writes to these partitions are refused; outboxes grow.", [
      "Bring the missing broker back.",
      'Is a broker slow? Its disk or network is on the dashboard "Kafka".',
    ]),
    proof: gauge(METRICS.kafkaUnderMinInSync.name, WHOLE),
  };
}

/** Fewer copies than planned. */
export function underReplicated({ view, gauge }: Brokers): Alert {
  return {
    ...about("KafkaUnderReplicated", "ticket", 900),
    ...above(kafka.underReplicated.expr(view), 0),
    summary: "Kafka lacks copies",
    description: "{{ $value }} partitions have had fewer copies than planned for fifteen minutes.",
    runbook: book("Copies lag behind or are missing.", "None yet; one more fault stops writes.", [
      "Is a broker down or restarting? Otherwise look at its disk and network.",
    ]),
    proof: gauge(METRICS.kafkaUnderReplicated.name, WHOLE),
  };
}

/** Copies that fall behind and catch up, again and again. */
export function inSyncShrinks({ view, labels, of, timing }: Brokers): Alert {
  return {
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
  };
}
