import type { TargetGroupArgs } from "@pulumi/aws/lb/targetGroup.js";
import type { Input } from "@pulumi/pulumi";
import { GATEWAY_PORT } from "../../../model/names.ts";
import { fittingName, MOST } from "../../fitting-name.ts";
import { systemTags } from "../account/tags.ts";

/** Auto Mode may register pods only in target groups that carry the name of its cluster (managed policy AmazonEKSLoadBalancingPolicy). */
const CLUSTER_TAG = "eks:eks-cluster-name";

interface TargetGroupParts {
  readonly system: string;
  readonly owner: string;
  readonly clusterName: Input<string>;
  readonly vpcId: Input<string>;
  /** What the load balancer speaks with the pods: only HTTP/2 brings the trailers of gRPC. */
  readonly speaks: "HTTP1" | "HTTP2";
  /** Seconds that running requests of a pod which leaves may take. */
  readonly drainSeconds: number;
}

/** Pods by their own addresses, each asked for its health; a pod that leaves may finish what it has. */
export function targetGroup({
  system,
  owner,
  clusterName,
  vpcId,
  speaks,
  drainSeconds,
}: TargetGroupParts): TargetGroupArgs {
  return {
    name: fittingName(`slipway-${system}${speaks === "HTTP2" ? "-grpc" : ""}`, MOST.targetGroup),
    vpcId,
    tags: { ...systemTags(system, owner), [CLUSTER_TAG]: clusterName },
    targetType: "ip",
    port: GATEWAY_PORT.web,
    protocol: "HTTP",
    ...(speaks === "HTTP2" ? { protocolVersion: speaks } : {}), // the other one is AWS's own default
    deregistrationDelay: drainSeconds,
    loadBalancingAlgorithmType: "least_outstanding_requests",
    healthCheck: {
      path: "/ping",
      port: String(GATEWAY_PORT.web),
      protocol: "HTTP",
      interval: 5,
      timeout: 2,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      matcher: "200",
    },
  };
}
