import { parseQuantity } from "../../../model/quantity.ts";
import { spanOf, surge } from "../../views/capacity.ts";
import { MissingFact, type Facts } from "../../resources/facts.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Quantities } from "../../resources/kubernetes.ts";
import { nodeGroups, NODE_GROUP, roomOf, zonesOf, type NodeGroupProps } from "../../views/nodes.ts";
import { longRunning, type Workload } from "../../resources/pods.ts";
import { inProduction, limit, notApplicable, resourceRule, stackRule, workloadRule } from "../../judging/rule.ts";

/** Zones in which pods can run: of the declared node groups, else of the facts; undefined when neither knows. */
function podZones(graph: Graph, facts: Facts): number | undefined {
  const subnets = nodeGroups(graph).flatMap(({ props }) => props.subnetIds ?? []);
  return (subnets.length > 0 ? zonesOf(graph, subnets)?.size : undefined) ?? facts.zones;
}

export const zonesForPods = workloadRule({
  id: "zones-for-pods",
  number: "X13",
  items: [25, 32],
  severity: "high",
  levels: inProduction,
  title: "A workload asks for no more zones than there are",
  why: "Pods that must lie in more zones than exist stay pending for ever.",
  fix: `topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone", maxSkew: 1, minDomains: 2, whenUnsatisfiable: "DoNotSchedule", labelSelector }]`,
  *across(workload, { graph, facts }) {
    const span = spanOf(graph, workload);
    if (!span || span.ceiling === 0) return notApplicable;
    const related = span.autoscaler ? [span.autoscaler] : [];
    const hard = (workload.pod.topologySpreadConstraints ?? []).filter(
      ({ whenUnsatisfiable, topologyKey }) =>
        whenUnsatisfiable === "DoNotSchedule" && topologyKey === "topology.kubernetes.io/zone",
    );
    for (const { minDomains } of hard) {
      if (minDomains === undefined) continue;
      const zones = podZones(graph, facts);
      if (zones === undefined)
        throw new MissingFact(
          "zones",
          "the number of zones is neither declared here nor stated in the policy configuration",
        );
      if (minDomains > zones)
        yield {
          path: `${workload.path}.topologySpreadConstraints`,
          found: `minDomains ${minDomains}`,
          wanted: `<= ${zones} zones`,
          related,
        };
    }
  },
});

const SPREAD_OVER_ZONES = [NODE_GROUP, "aws:rds/subnetGroup:SubnetGroup", "aws:msk/cluster:Cluster"];

export const resourcesInZones = resourceRule<
  NodeGroupProps & { readonly brokerNodeGroupInfo?: { readonly clientSubnets?: readonly string[] } }
>()({
  id: "resources-in-zones",
  number: "C20",
  items: [25, 30, 31, 32],
  on: SPREAD_OVER_ZONES,
  severity: "high",
  levels: inProduction,
  title: "Nodes, databases and brokers lie in at least two zones",
  why: "Whatever lies in one zone goes down with it, and everything that needs it.",
  fix: `subnetIds: [subnetA.id, subnetB.id, subnetC.id]`,
  limits: { zones: limit("fewest zones", 2, 2, 1) },
  *across({ props }, { graph, limit: { zones: fewest } }) {
    const subnets = props.brokerNodeGroupInfo?.clientSubnets ?? props.subnetIds ?? [];
    const zones = zonesOf(graph, subnets)?.size ?? new Set(subnets).size; // one subnet lies in one zone
    if (subnets.length > 0 && zones < fewest)
      yield {
        path: props.brokerNodeGroupInfo ? "brokerNodeGroupInfo.clientSubnets" : "subnetIds",
        found: `${zones} zone`,
        wanted: `>= ${fewest}`,
      };
  },
});

/** Cores or bytes that one pod asks for; a missing request is the limit. */
function requested(workload: Workload, what: string, bound: "requests" | "limits" = "requests"): number {
  return longRunning(workload).reduce(
    (sum, { container: { resources } }) =>
      sum +
      (parseQuantity(
        resources?.[bound]?.[what] ?? (bound === "requests" ? resources?.limits?.[what] : undefined) ?? 0,
      ) ?? 0),
    0,
  );
}

interface QuotaProps {
  readonly spec?: { readonly hard?: Quantities; readonly scopes?: readonly string[]; readonly scopeSelector?: object };
}

export const quotaHeadroom = resourceRule<QuotaProps>()({
  id: "quota-headroom",
  number: "X14",
  items: [4, 21],
  on: ["ResourceQuota"],
  severity: "high",
  levels: inProduction,
  title: "The quota of a namespace holds all workloads at their peak, while they roll",
  why: "At the peak the quota refuses the pods that were meant to carry it, and a rollout stands still.",
  fix: `spec: { hard: { "requests.cpu": "4", "requests.memory": "8Gi", pods: "60" } }`,
  *across(quota, { graph }) {
    if (quota.props.spec?.scopes?.length || quota.props.spec?.scopeSelector) return notApplicable;
    const here = graph.workloads
      .filter(({ namespace }) => namespace === quota.namespace)
      .flatMap((workload) => {
        const span = spanOf(graph, workload);
        return span ? [{ workload, pods: span.ceiling + surge(workload, span.ceiling) }] : [];
      });
    for (const [name, hard] of Object.entries(quota.props.spec?.hard ?? {})) {
      const needed = here.reduce((sum, { workload, pods }) => sum + pods * perPod(workload, name), 0);
      const allowed = parseQuantity(hard);
      if (allowed === undefined || needed <= allowed + 1e-9) continue;
      yield {
        path: `spec.hard["${name}"]`,
        found: String(hard),
        wanted: `>= ${readable(name, needed)}`,
        note: here
          .map(({ workload, pods }) => `${workload.name} ${pods} pods × ${readable(name, perPod(workload, name))}`)
          .join(" + "),
        related: here.map(({ workload }) => workload.resource),
      };
    }
  },
});

function perPod(workload: Workload, name: string): number {
  if (name === "pods" || name === "count/pods") return 1;
  const [, bound, what] = /^(requests|limits)\.(cpu|memory|ephemeral-storage)$/.exec(name) ?? [];
  if (what) return requested(workload, what, bound === "limits" ? "limits" : "requests");
  return name === "cpu" || name === "memory" ? requested(workload, name) : 0;
}

function readable(name: string, value: number): string {
  if (name.includes("memory") || name.includes("storage")) return `${Math.ceil(value / 2 ** 20)}Mi`;
  return name.includes("cpu") ? `${Math.round(value * 1000)}m` : String(value);
}

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
    for (const what of ["cpu", "memory"] as const) {
      const offered = rooms.reduce((sum, { room, nodes }) => sum + nodes * (room?.[what] ?? 0), 0);
      const nodes = rooms.reduce((sum, room) => sum + room.nodes, 0);
      const needed = graph.workloads.reduce(
        (sum, workload) =>
          sum +
          (workload.kind === "DaemonSet" ? nodes : (spanOf(graph, workload)?.ceiling ?? 0)) * requested(workload, what),
        0,
      );
      const zones = podZones(graph, facts) ?? 0;
      const floor = graph.workloads.reduce(
        (sum, workload) =>
          sum + (workload.kind === "DaemonSet" ? 0 : (spanOf(graph, workload)?.floor ?? 0)) * requested(workload, what),
        0,
      );
      const left = (offered * (zones - 1)) / zones;
      if (zones > 1 && floor > left)
        yield {
          path: "scalingConfig.maxSize",
          found: `${readable(what, left)} ${what} without one zone`,
          wanted: `>= ${readable(what, floor)}`,
          note: `${readable(what, offered)} × ${zones - 1}/${zones}; all workloads at their floor need ${readable(what, floor)}`,
          on: groups[0] ?? graph.resources[0]!,
          related: groups,
        };
      if (needed > share * offered)
        yield {
          path: "scalingConfig.maxSize",
          found: `${readable(what, share * offered)} ${what}`,
          wanted: `>= ${readable(what, needed)}`,
          note: `${share} × ${nodes} nodes × ${readable(what, offered / Math.max(1, nodes))}; all workloads at their ceiling need ${readable(what, needed)}`,
          on: groups[0] ?? graph.resources[0]!,
          related: groups,
        };
    }
  },
});
