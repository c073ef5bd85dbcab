import { inProduction, limit, notApplicable, stackRule, type Problem } from "../../judging/rule.ts";
import { MissingFact, type Facts } from "../../resources/facts.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Resource } from "../../resources/resource.ts";
import { spanOf } from "../../views/capacity.ts";
import { nodeGroups, podZones, roomOf, type NodeGroupProps } from "../../views/nodes.ts";
import { readable, requested } from "../../views/requests.ts";

export const nodeCapacity = stackRule({
  id: "node-capacity",
  number: "X15",
  items: [4, 32],
  severity: "high",
  levels: inProduction,
  title: "The nodes can hold all workloads at their peak",
  why: "The autoscalers ask for pods that no node has room for: the peak is served by the pods that fitted.",
  fix: `scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 9 }`,
  limits: { share: limit("share of the nodes that may be planned for", 0.85) },
  *across(graph: Graph, { facts, limit: { share } }) {
    const groups = nodeGroups(graph);
    if (groups.length === 0) return notApplicable;
    const rooms = groups.map((group) => ({
      group,
      room: roomOf(group, facts),
      nodes: group.props.scalingConfig?.maxSize ?? 0,
    }));
    const blank = rooms.find(({ room }) => room === undefined);
    if (blank)
      throw new MissingFact(
        "nodeTypes",
        `nodeTypes of the policy configuration does not describe ${(blank.group.props.instanceTypes ?? []).join(", ")}`,
      );
    for (const what of ["cpu", "memory"] as const) yield* lackOf(what, graph, rooms, { facts, share });
  },
});

interface Room {
  readonly group: Resource<NodeGroupProps>;
  readonly room: ReturnType<typeof roomOf>;
  readonly nodes: number;
}

/** What the node groups lack at the peak of all workloads, and at their floor when one zone is gone. */
function* lackOf(
  what: "cpu" | "memory",
  graph: Graph,
  rooms: readonly Room[],
  { facts, share }: { readonly facts: Facts; readonly share: number },
): Iterable<Problem> {
  const related = rooms.map(({ group }) => group);
  const [first] = related;
  if (!first) return;
  const place = { path: "scalingConfig.maxSize", on: first, related };
  const offered = rooms.reduce((sum, { room, nodes }) => sum + nodes * (room?.[what] ?? 0), 0);
  const nodes = rooms.reduce((sum, room) => sum + room.nodes, 0);
  const { floor, peak } = needOf(what, graph, nodes);
  const zones = podZones(graph, facts) ?? 0;
  const left = (offered * (zones - 1)) / zones;
  if (zones > 1 && floor > left)
    yield {
      ...place,
      found: `${readable(what, left)} ${what} without one zone`,
      wanted: `>= ${readable(what, floor)}`,
      note: `${readable(what, offered)} × ${zones - 1}/${zones}; all workloads at their floor need ${readable(what, floor)}`,
    };
  if (peak > share * offered)
    yield {
      ...place,
      found: `${readable(what, share * offered)} ${what}`,
      wanted: `>= ${readable(what, peak)}`,
      note: `${share} × ${nodes} nodes × ${readable(what, offered / Math.max(1, nodes))}; all workloads at their ceiling need ${readable(what, peak)}`,
    };
}

/** What all workloads ask for together, at their floor (DaemonSets grow with the nodes and count in the peak only) and at their peak. */
function needOf(what: string, graph: Graph, nodes: number): { readonly floor: number; readonly peak: number } {
  const needs = graph.workloads.map((workload) => {
    const span = spanOf(graph, workload);
    const each = requested(graph, workload, what);
    return workload.kind === "DaemonSet"
      ? { floor: 0, peak: nodes * each }
      : { floor: (span?.floor ?? 0) * each, peak: (span?.ceiling ?? 0) * each };
  });
  return needs.reduce((sum, { floor, peak }) => ({ floor: sum.floor + floor, peak: sum.peak + peak }), {
    floor: 0,
    peak: 0,
  });
}
