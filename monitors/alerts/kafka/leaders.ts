import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { phased, steady } from "../../proof.ts";
import { kafka } from "../../signals/kafka.ts";
import { about } from "../outline.ts";
import { brokerBook as book, WHOLE, type Brokers } from "./brokers.ts";

/** Partitions that nobody leads. */
export function partitionsOffline({ view, gauge }: Brokers): Alert {
  return {
    ...about("KafkaPartitionsOffline", "page", 60),
    ...above(kafka.offline.expr(view), 0),
    summary: "Kafka has partitions without a leader",
    description: "{{ $value }} partitions can neither be written nor read.",
    runbook: book("Partitions have no leader.", "Events of the keys in them wait in the outboxes; nothing is lost.", [
      "Bring the missing broker back. Never elect an unclean leader: it forgets events that were acknowledged.",
    ]),
    proof: gauge(METRICS.kafkaOffline.name, WHOLE),
  };
}

/** A leader that lacked what others had acknowledged. */
export function uncleanElection({ view, labels, of, timing }: Brokers): Alert {
  return {
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
  };
}

/** Where the brokers are ours; a cloud keeps the controllers to itself. */
export function controller({ view, labels, of }: Brokers): Alert {
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
