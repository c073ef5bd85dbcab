import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { GATEWAY, GATEWAY_PORT, NAMESPACE_NAME } from "../../../model/names.ts";
import type { CustomObject } from "../../manifests/custom-object.ts";
import { metadata, namedMetadata, type Owner, selector } from "../../manifests/metadata.ts";
import { allow } from "../../manifests/network-policy.ts";
import { PROBE, PROMETHEUS } from "../../manifests/peers.ts";
import type { NetworkConnection } from "../network/network.ts";
import { apiServerBlock } from "../cluster/node-services.ts";

/** In: the load balancer, the probe of the entry and Prometheus. Out: the system's services and the Kubernetes API. */
export function gatewayTraffic(
  owner: Owner,
  { cidr, publicCidrs }: Pick<NetworkConnection, "cidr" | "publicCidrs">,
  { serviceCidr, ports }: { readonly serviceCidr: Input<string>; readonly ports: readonly number[] },
): types.input.networking.v1.NetworkPolicy {
  const balancer = publicCidrs.map((block) => ({ ipBlock: { cidr: block } }));
  const apiServer = [{ ipBlock: { cidr } }, { ipBlock: { cidr: apiServerBlock(serviceCidr) } }];
  const system = {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: owner.system } },
    podSelector: {},
  };
  return allow(
    owner,
    [
      { peers: [...balancer, PROBE], port: GATEWAY_PORT.web },
      { peers: [PROMETHEUS], port: GATEWAY_PORT.metrics },
    ],
    [...ports.map((port) => ({ peers: [system], port })), { peers: apiServer, port: 443 }],
  );
}

/** One address for the pods; the load balancer goes past it, to the pods themselves. */
export function gatewayService(owner: Owner): types.input.core.v1.Service {
  return {
    metadata: namedMetadata(owner, GATEWAY),
    spec: {
      type: "ClusterIP",
      selector: selector(owner),
      ports: [
        { name: "web", port: 80, targetPort: "web" },
        { name: "metrics", port: GATEWAY_PORT.metrics, targetPort: "metrics" },
      ],
    },
  };
}

/** Registers the pods behind the Service as targets of the load balancer. */
export function targetBinding(
  owner: Owner,
  service: Input<string>,
  targetGroupArn: Input<string>,
  { compute, clusterName }: { compute: "auto" | "node-groups"; clusterName: Input<string> },
): CustomObject {
  return {
    apiVersion: compute === "auto" ? "eks.amazonaws.com/v1" : "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: { ...metadata(owner), annotations: { "slipway.dev/cluster": clusterName } },
    spec: { serviceRef: { name: service, port: 80 }, targetGroupARN: targetGroupArn, targetType: "ip" },
  };
}
