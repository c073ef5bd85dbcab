import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import type { Owner } from "../manifests/metadata.ts";
import type { StageNumbers } from "../../model/stage.ts";
import type { Allowed } from "../manifests/network-policy.ts";
import type { ImageConnection, Peer } from "../platform.ts";

/** What lies around the monitoring and is none of the watched pods: who it may connect to there is in its network rules. */
export interface Surroundings {
  /** The API server as pods see it. */
  readonly apiServer: readonly Allowed[];
  /** Where kubelets answer, and brokers that are no pods. */
  readonly machines: readonly Peer[];
  /** Blocks of the platform's own networks: who sends something outside has no business there. */
  readonly inside: readonly Input<string>[];
}

/** What every part of the monitoring needs to know about where it is put. */
export interface MonitoringSite {
  /** An output of the namespace, so that nothing is created before it. */
  readonly namespace: Input<string>;
  readonly storageClass: Input<string> | null;
  readonly image: (name: string) => ImageConnection;
  readonly numbers: StageNumbers["monitoring"];
  readonly surroundings: Surroundings;
  readonly opts: CustomResourceOptions;
}

/** The monitoring belongs to no system; the platform team answers for it. */
export function monitoringOwner({ namespace }: Pick<MonitoringSite, "namespace">, name: string): Owner {
  return { namespace, system: "platform", name, component: "monitoring", team: "platform" };
}

/** Ports of the parts, as their images listen on them. */
export const MONITORING_PORT = {
  prometheus: 9090,
  alertmanager: 9093,
  alertmanagerPeers: 9094,
  kubeState: 8080,
  node: 9100,
  blackbox: 9115,
  grafana: 3000,
  sinkMail: 2525,
  sinkPage: 8025,
} as const;
