import { inProduction, limit, notApplicable, resourceRule, workloadRule } from "../../judging/rule.ts";
import { MissingFact } from "../../resources/facts.ts";
import { spanOf } from "../../views/capacity.ts";
import { NODE_GROUP, podZones, zonesOf, type NodeGroupProps } from "../../views/nodes.ts";

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
