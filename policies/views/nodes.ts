/** What the declared node groups offer: how many nodes, in which zones, how large. */

import type { Facts } from "../resources/facts.ts";
import type { Graph } from "../resources/graph.ts";
import type { Resource } from "../resources/resource.ts";

export interface NodeGroupProps {
  readonly scalingConfig?: { readonly minSize?: number; readonly maxSize?: number; readonly desiredSize?: number };
  readonly subnetIds?: readonly string[];
  readonly instanceTypes?: readonly string[];
  readonly capacityType?: string;
  readonly remoteAccess?: { readonly ec2SshKey?: string; readonly sourceSecurityGroupIds?: unknown };
  readonly taints?: readonly unknown[];
}
interface SubnetProps {
  readonly id?: string;
  readonly availabilityZone?: string;
  readonly availabilityZoneId?: string;
}

export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

export function nodeGroups(graph: Graph): readonly Resource<NodeGroupProps>[] {
  return graph.of<NodeGroupProps>(NODE_GROUP);
}

/** Most nodes that the declared groups may have; undefined where no group is declared. */
export function maximumNodes(graph: Graph): number | undefined {
  const groups = nodeGroups(graph);
  return groups.length === 0
    ? undefined
    : groups.reduce((sum, { props }) => sum + (props.scalingConfig?.maxSize ?? 0), 0);
}

/** Zones of subnets: those whose zone is declared; undefined when the zone of one is not known. */
export function zonesOf(graph: Graph, subnetIds: readonly string[]): Set<string> | undefined {
  const subnets = graph.once(
    "subnets by id",
    () =>
      new Map(
        graph.of<SubnetProps>("aws:ec2/subnet:Subnet").map((subnet) => [subnet.props.id ?? subnet.name, subnet.props]),
      ),
  );
  const zones = new Set<string>();
  for (const id of new Set(subnetIds)) {
    const zone = subnets.get(id)?.availabilityZone ?? subnets.get(id)?.availabilityZoneId;
    if (zone === undefined) return undefined;
    zones.add(zone);
  }
  return zones;
}

/** What EKS leaves for pods of an instance type: cores and bytes (the kubelet's and eviction reserves taken off). */
const ALLOCATABLE: Readonly<Record<string, { readonly cpu: number; readonly memory: number }>> = Object.fromEntries(
  [
    "m5",
    "m6i",
    "m6a",
    "m7i",
    "m7a",
    "m6g",
    "m7g",
    "t3",
    "t3a",
    "t4g",
    "c5",
    "c6i",
    "c6a",
    "c7i",
    "c6g",
    "c7g",
    "r5",
    "r6i",
    "r6g",
    "r7g",
  ].flatMap((family) =>
    (
      [
        ["large", 2],
        ["xlarge", 4],
        ["2xlarge", 8],
        ["4xlarge", 16],
      ] as const
    ).map(([size, cores]) => [`${family}.${size}`, allocatable(cores, cores * gibPerCore(family))]),
  ),
);

function gibPerCore(family: string): number {
  return family.startsWith("c") ? 2 : family.startsWith("r") ? 8 : 4;
}

/** Reserves as the EKS node image computes them: 6 %, 1 %, 0.5 %, 0.25 % of the cores; 255 MiB + 11 MiB a pod, 100 MiB for eviction. */
function allocatable(cores: number, gib: number): { readonly cpu: number; readonly memory: number } {
  const reserved =
    0.06 +
    0.01 * Math.min(1, cores - 1) +
    0.005 * Math.min(2, Math.max(0, cores - 2)) +
    0.0025 * Math.max(0, cores - 4);
  const pods = cores <= 2 ? 29 : cores <= 8 ? 58 : 234;
  return { cpu: cores - reserved, memory: (gib * 1024 - 255 - 11 * pods - 100) * 2 ** 20 };
}

/** Room for pods on the smallest instance type of a group; undefined for a type nobody described. */
export function roomOf(
  { props }: Resource<NodeGroupProps>,
  facts: Facts,
): { readonly cpu: number; readonly memory: number } | undefined {
  const rooms = (props.instanceTypes ?? ["t3.medium"]).map((type) => facts.nodeTypes?.[type] ?? ALLOCATABLE[type]);
  if (rooms.some((room) => room === undefined)) return undefined;
  const sure = rooms.filter((room) => room !== undefined);
  return { cpu: Math.min(...sure.map(({ cpu }) => cpu)), memory: Math.min(...sure.map(({ memory }) => memory)) };
}

/** Zones in which pods can run: of the declared node groups, else of the facts; undefined when neither knows. */
export function podZones(graph: Graph, facts: Facts): number | undefined {
  const subnets = nodeGroups(graph).flatMap(({ props }) => props.subnetIds ?? []);
  return (subnets.length > 0 ? zonesOf(graph, subnets)?.size : undefined) ?? facts.zones;
}
