import type { Input, ProviderResource } from "@pulumi/pulumi";
import type { ClusterConnection, EntryConnection } from "../platform.ts";

/** Where a component goes that somebody declares alone: a cluster and a namespace of theirs. */
export interface Place {
  readonly provider: ProviderResource;
  /** It is there already; what lets traffic in and out of it besides is its owner's. */
  readonly namespace: Input<string>;
  /** Class of volumes that outlive their pods; default the cluster's own. */
  readonly storageClass?: Input<string>;
}

/** A controller of the Gateway API that is there already: who it is, and where clients reach it. */
export interface Entrance {
  /** GatewayClass that it serves. */
  readonly gatewayClass: Input<string>;
  /** Namespace and labels of its pods, which may then reach the services. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Port on which its pods listen. */
  readonly port: number;
  /** Where a client sends its requests. */
  readonly url: Input<string>;
  /** Domain below which the host names of routes are; default that of `url` alone. */
  readonly domain?: string;
}

/** The cluster as components know it. */
export function clusterOf({ provider, namespace, storageClass }: Place): ClusterConnection {
  return { provider, namespace, storageClass: storageClass ?? null, egressByName: false };
}

/** The entrance as components know it. */
export function entryOf({ gatewayClass, namespace, labels, port, url, domain }: Entrance): EntryConnection {
  return {
    gatewayClass,
    port,
    url,
    proxies: 0,
    gateways: 1,
    peers: [
      {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
        podSelector: { matchLabels: { ...labels } },
      },
    ],
    ownHost: domain ?? null,
    hostOf: (name) => (domain === undefined ? name : `${name}.${domain}`),
    ready: [],
  };
}
