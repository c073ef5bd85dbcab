/** Who consumes which topics, and together with whom. */

import type { Graph } from "../resources/graph.ts";
import { servesForever, type Workload } from "../resources/pods.ts";
import { environment } from "./config-refs.ts";

const GROUP = /(^|_)(GROUP|GROUP_ID|CONSUMER_GROUP)$/;

/** Topics that a workload reads as a member of a consumer group. */
export function topicsConsumed(
  graph: Graph,
  workload: Workload,
): readonly { readonly name: string; readonly path: string }[] {
  const variables = environment(graph, workload);
  const grouped = [...variables.keys()].some((name) => GROUP.test(name));
  if (!grouped) return [];
  const declared = variables.get("KAFKA_CONSUME");
  const named = declared
    ? [declared]
    : [...variables]
        .filter(([name]) => /(^|_)(TOPICS?|CONSUME|TOPIC_NAME)$/.test(name))
        .map(([, variable]) => variable);
  return named
    .flatMap(({ value, path }) => value.split(",").map((name) => ({ name: name.trim(), path })))
    .filter(({ name }) => name !== "");
}

/** Workloads that consume a topic in the same group as this one, itself among them: partitions are shared by all of them. */
export function groupOf(graph: Graph, workload: Workload, topic: string): readonly Workload[] {
  const named = (one: Workload): string | undefined =>
    [...environment(graph, one)].find(([name]) => GROUP.test(name))?.[1].value;
  const group = named(workload);
  return graph.workloads.filter(
    (other) =>
      other === workload ||
      (servesForever(other) &&
        named(other) === group &&
        topicsConsumed(graph, other).some(({ name }) => name === topic)),
  );
}
