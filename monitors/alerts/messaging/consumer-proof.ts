import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import { steady, type Proof } from "../../proof.ts";
import { example, type Scope } from "../../scope.ts";
import { LOOK_AT_SERVICE } from "../look.ts";

/** First look at a service that publishes or consumes. */
export const CONSUMER_LOOK = [
  ...LOOK_AT_SERVICE,
  "kubectl -n $namespace exec kafka-0 -- kafka-tool consumer.group.ConsumerGroupCommand --describe --group $namespace.$service",
];
/** What most often helps a consumer that is behind. */
export const CONSUMER_FIX = [
  "Is the consumer slow? Its database and its calls come first; then more replicas, up to the number of partitions.",
  "Does one event fail again and again? Its log line names it; it goes to the dead letters after the last attempt.",
  "Is Kafka down? Then KafkaDown fires as well and nothing has to be done here.",
];

/** Labels of an alert about one service. */
export const labelsOf = ({ plan }: Scope, { name }: WorkloadPlan, more = {}) => ({
  namespace: plan.name,
  service: name,
  ...more,
});

/** A topic that the service reads, for cases. */
export const topicOf = ({ topics }: WorkloadPlan): string => topics.reads[0] ?? "";

/** How a figure of one service is brought about. */
export const gauge = (scope: Scope, workload: WorkloadPlan, metric: string, values: Partial<Proof> = {}): Proof => ({
  series: (value) => [steady(example(metric, scope, workload.name), value)],
  labels: labelsOf(scope, workload),
  settles: 0,
  ...values,
});
