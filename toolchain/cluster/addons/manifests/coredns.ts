import type { KubeObject } from "../../control-plane/object-path.ts";
import { addonDeployment } from "./addon.ts";
import type { Addon, AddonPlace } from "./addon.ts";
import { grantToAddon } from "./grant.ts";
import { DNS_PORT, EVERY_POD, onlyThese, type Way } from "./traffic.ts";

/**
 * Names of Services. There is no way out of the cluster, so every other name is answered at once with
 * "no such name"; in a server block of its own, because the plug-in that does so runs before the one that knows the Services. That a name is missing is remembered for one second only: a Service made just now must be found.
 */
const corefile = `cluster.local:${DNS_PORT} in-addr.arpa:${DNS_PORT} ip6.arpa:${DNS_PORT} {
    errors
    kubernetes {
        pods insecure
        ttl 5
    }
    prometheus :9153
    cache {
        success 9984 5
        denial 9984 1
    }
    loadbalance
}
.:${DNS_PORT} {
    errors
    health :8080
    ready :8181
    template ANY ANY {
        rcode NXDOMAIN
    }
    reload
}
`;

const namespace = "kube-system";
const named = { name: "coredns", namespace };

const container = {
  name: "coredns",
  args: ["-conf", "/etc/coredns/Corefile"],
  ports: {
    dns: { port: DNS_PORT, protocol: "UDP" },
    "dns-tcp": { port: DNS_PORT },
    metrics: { port: 9153 },
    health: { port: 8080 },
    ready: { port: 8181 },
  },
  ready: { path: "/ready", port: "ready" },
  alive: { path: "/health", port: "health" },
  resources: { cpu: "50m", memory: "64Mi", memoryLimit: "170Mi" },
  mounts: [{ name: "config", mountPath: "/etc/coredns" }],
} as const;

/** CoreDNS behind the usual Service `kube-dns`. It listens on 5353, so it needs no privilege for a low port. */
export function coredns(
  image: string,
  clusterIP: string,
  { apiServer }: AddonPlace,
  hash: (text: string) => string,
): Addon {
  const volumes = [{ name: "config", configMap: { name: "coredns" } }];
  const pods = addonDeployment(namespace, { ...container, image }, volumes, hash(corefile));
  const config = { apiVersion: "v1", kind: "ConfigMap", metadata: named, data: { Corefile: corefile } };
  return {
    name: "coredns",
    namespace,
    awaited: true,
    objects: [
      ...access(),
      ...onlyThese(named, [QUESTIONS], [apiServer]),
      config,
      service(clusterIP),
      withDnsLabel(pods),
    ],
  };
}

/** Everybody may ask, by either protocol. */
const QUESTIONS: Way = { peers: [EVERY_POD], ports: [{ protocol: "UDP", port: DNS_PORT }, DNS_PORT] };

function service(clusterIP: string): KubeObject {
  const labels = { "k8s-app": "kube-dns", "kubernetes.io/cluster-service": "true" };
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "kube-dns", namespace, labels },
    spec: {
      clusterIP,
      selector: { "app.kubernetes.io/name": "coredns" },
      ports: [
        { name: "dns", port: 53, protocol: "UDP", targetPort: "dns" },
        { name: "dns-tcp", port: 53, protocol: "TCP", targetPort: "dns-tcp" },
        { name: "metrics", port: 9153, protocol: "TCP", targetPort: "metrics" },
      ],
    },
  };
}

function access(): KubeObject[] {
  const verbs = ["list", "watch"];
  return grantToAddon(named, [
    { apiGroups: [""], resources: ["services", "pods", "namespaces"], verbs },
    { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs },
  ]);
}

/** NetworkPolicies everywhere name the DNS pods by this label. */
function withDnsLabel(deployment: KubeObject): KubeObject {
  const copy = structuredClone(deployment) as KubeObject & {
    spec: { template: { metadata: { labels: Record<string, string> } } };
  };
  copy.spec.template.metadata.labels["k8s-app"] = "kube-dns";
  return copy;
}
