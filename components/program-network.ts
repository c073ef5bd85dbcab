import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { WorkloadPlan } from "../model/plan/workload.ts";
import { CustomResource, NetworkPolicy } from "./kinds.ts";
import { egressOf, ingressOf } from "./manifests/edges.ts";
import type { Owner } from "./manifests/metadata.ts";
import { namedEgress } from "./manifests/named-egress.ts";
import { allow } from "./manifests/network-policy.ts";
import type { EntryConnection, Platform } from "./platform.ts";
import type { Surroundings } from "./variables.ts";

interface NetworkParts {
  readonly plan: WorkloadPlan;
  readonly owner: Owner;
  readonly platform: Platform;
  readonly around: Surroundings;
  readonly entry: EntryConnection | null;
}

/** Exactly the connections of a program that its description names; third parties by their names where the nodes know those. */
export function programNetwork(
  name: string,
  { plan, owner, platform, around, entry }: NetworkParts,
  child: CustomResourceOptions,
): Resource[] {
  const { egressByName } = platform.cluster;
  const outside = plan.outside.filter(({ answeredBy }) => answeredBy === null);
  const neighbours = {
    broker: around.broker,
    stores: [...around.stores.values()].map(({ connection }) => connection),
    entry,
    outside: egressByName ? [] : outside,
    traces: plan.sendsTraces ? platform.traces : null,
  };
  const rules = allow(owner, ingressOf(plan.network, plan.metrics, neighbours), egressOf(plan.network, neighbours));
  const policy = new NetworkPolicy(name, rules, child);
  if (!egressByName || outside.length === 0) return [policy];
  return [policy, new CustomResource(`${name}-outside`, namedEgress(owner, outside), child)];
}
