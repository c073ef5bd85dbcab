import type { Surroundings } from "../components/observability/site.ts";
import type { Peer } from "../components/platform.ts";
import { addresses, planConfig } from "../toolchain/cluster/config/cluster-config.ts";
import { apiServerPort } from "../toolchain/cluster/control-plane/control-plane.ts";
import type { Settings } from "./settings.ts";

/** Ports of API servers: behind a Service or a load balancer, and as kubeadm and its kin run them themselves. */
const API_SERVER_PORTS = [443, 6443] as const;
const ANYWHERE: readonly Peer[] = [{ ipBlock: { cidr: "0.0.0.0/0" } }];

/** What lies around the pods of a local cluster. Only its owner knows the addresses of another cluster than the embedded one: there ports have to do. */
export function localSurroundings({ kubeContext, cluster }: Pick<Settings, "kubeContext" | "cluster">): Surroundings {
  if (kubeContext !== null)
    return {
      apiServer: API_SERVER_PORTS.map((port) => ({ peers: ANYWHERE, port })),
      machines: ANYWHERE,
      inside: [],
    };
  const { node, host, pods, services } = addresses(planConfig(cluster, {}));
  const machines: readonly Peer[] = [{ ipBlock: { cidr: `${node}/32` } }];
  return {
    apiServer: [{ peers: machines, port: apiServerPort }],
    machines,
    inside: [`${node}/32`, `${host}/32`, pods, services],
  };
}
