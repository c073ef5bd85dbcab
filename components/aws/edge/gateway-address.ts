import { ListenerRule } from "@pulumi/aws/lb/listenerRule.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { Record as DnsRecord } from "@pulumi/aws/route53/record.js";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { CustomResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { SystemPlan } from "../../../model/plan.ts";
import type { Owner } from "../../manifests/metadata.ts";
import type { Edge } from "./edge.ts";
import type { NetworkConnection } from "../network/network.ts";
import { gatewayService, targetBinding } from "./gateway-traffic.ts";
import type { TraefikWaits } from "./traefik-arguments.ts";
import { targetGroup } from "./target-group.ts";

/** What a system's way in needs from what the systems share. */
export interface GatewayPlace {
  readonly plan: SystemPlan;
  readonly edge: Edge;
  readonly network: NetworkConnection;
  /** Namespace of the system: its routes are there. */
  readonly namespace: Input<string>;
  readonly clusterName: Input<string>;
  readonly serviceCidr: Input<string>;
  /** Traefik's image, from our own registry. */
  readonly image: string;
  readonly compute: "auto" | "node-groups";
  readonly waits: TraefikWaits;
  /** Order of the rule among those of all systems. */
  readonly priority: number;
}

/** Where clients find the system, and how the load balancer finds its pods. */
export function gatewayAddress(
  owner: Owner,
  place: GatewayPlace,
  aws: CustomResourceOptions,
  inside: CustomResourceOptions,
): { bindings: readonly Resource[]; url: string; hostOf: (name: string) => string } {
  const { plan, edge } = place;
  const name = `${plan.name}-gateway`;
  const host = `${plan.name}.${edge.domain}`;
  const hostOf = (named: string) => `${named}-${host}`; // one level, or the certificate would not cover it
  const routes = plan.entry?.routes ?? [];
  const hosts = [host, ...new Set(routes.flatMap((route) => (route.host === null ? [] : [hostOf(route.host)])))];
  const alias = { name: edge.balancer.dnsName, zoneId: edge.balancer.zoneId, evaluateTargetHealth: true };
  for (const [index, named] of hosts.entries())
    new DnsRecord(
      index === 0 ? name : `${name}-${index}`,
      { zoneId: edge.zoneId, name: named, type: "A", aliases: [alias] },
      aws,
    );
  const service = new Service(name, gatewayService(owner), inside).metadata.name;
  const ways = routes.some(({ protocol }) => protocol === "grpc") ? [HTTP, GRPC] : [HTTP];
  const bindings = ways.map((way) => bindTargets(owner, { ...place, hosts, service, way }, aws, inside));
  return { bindings, url: `https://${host}`, hostOf };
}

/** A way from the load balancer to the pods. */
interface Way {
  readonly ending: string;
  readonly speaks: "HTTP1" | "HTTP2";
  /** Content types that take it; null for all that no other way takes. */
  readonly types: readonly string[] | null;
  /** Subtracted from the place of the system's rule: what is more exact is asked first. */
  readonly before: number;
}
const HTTP: Way = { ending: "", speaks: "HTTP1", types: null, before: 0 };
const GRPC: Way = { ending: "-grpc", speaks: "HTTP2", types: ["application/grpc*"], before: 99 };

interface WayPlace extends GatewayPlace {
  readonly hosts: readonly string[];
  readonly service: Output<string>;
  readonly way: Way;
}

/** Targets, the rule that leads to them, and how pods come to be among them. */
function bindTargets(
  owner: Owner,
  place: WayPlace,
  aws: CustomResourceOptions,
  inside: CustomResourceOptions,
): CustomResource {
  const { plan, network, clusterName, service, way } = place;
  const name = `${plan.name}-gateway${way.ending}`;
  const parts = {
    ...{ system: plan.name, owner: plan.owner, clusterName, vpcId: network.vpcId },
    speaks: way.speaks,
    drainSeconds: place.waits.drainSeconds,
  };
  const targets = new TargetGroup(name, targetGroup(parts), aws);
  const rule = forwarding(name, place, targets.arn, aws);
  return new CustomResource(`${name}-targets`, targetBinding(owner, service, targets.arn, place), {
    ...inside,
    dependsOn: rule,
  });
}

function forwarding(
  name: string,
  { edge, priority, hosts, way }: WayPlace,
  targetGroupArn: Output<string>,
  opts: CustomResourceOptions,
): ListenerRule {
  const types = way.types && { httpHeader: { httpHeaderName: "content-type", values: [...way.types] } };
  return new ListenerRule(
    name,
    {
      listenerArn: edge.listenerArn,
      priority: priority - way.before,
      conditions: [{ hostHeader: { values: [...hosts] } }, ...(types ? [types] : [])],
      actions: [{ type: "forward", targetGroupArn }],
    },
    opts,
  );
}
