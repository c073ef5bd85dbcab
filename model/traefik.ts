import { DURATION_EDGES } from "./objective-limits.ts";

/** A rule of a role: these verbs on these resources. */
export interface AccessRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const GATEWAY_API = "gateway.networking.k8s.io";
const read = ["get", "list", "watch"];
const ROUTES = ["gateways", "httproutes", "grpcroutes", "referencegrants", "backendtlspolicies"] as const;

/** Kinds of Traefik's own. Systems use middlewares only, but it serves nothing before it has listed each of them once. */
const OWN_KINDS = [
  "ingressroutes",
  "ingressroutetcps",
  "ingressrouteudps",
  "middlewares",
  "middlewaretcps",
  "serverstransports",
  "serverstransporttcps",
  "tlsoptions",
  "tlsstores",
  "traefikservices",
] as const;

/**
 * What Traefik needs in each namespace whose routes it serves (3.6: the informers of its providers for the Gateway API
 * and for its own kinds). It waits for all of them, so a missing right here is a gateway that answers 404 for ever.
 */
export const ROUTE_RIGHTS: readonly AccessRule[] = [
  { apiGroups: [""], resources: ["services", "configmaps", "secrets"], verbs: read },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: read },
  { apiGroups: [GATEWAY_API], resources: ROUTES, verbs: read },
  { apiGroups: [GATEWAY_API], resources: ROUTES.map((kind) => `${kind}/status`), verbs: ["update"] },
  { apiGroups: ["traefik.io"], resources: OWN_KINDS, verbs: read },
];

/** What it needs besides, of things that are in no namespace. */
export const CLUSTER_RIGHTS: readonly AccessRule[] = [
  { apiGroups: [""], resources: ["namespaces"], verbs: read },
  { apiGroups: [GATEWAY_API], resources: ["gatewayclasses"], verbs: read },
  { apiGroups: [GATEWAY_API], resources: ["gatewayclasses/status"], verbs: ["update"] },
];

/** Argument with which Traefik counts durations at the edges that promises may name: its own four would tell nothing of most. */
export const DURATION_BUCKETS = `--metrics.prometheus.buckets=${DURATION_EDGES.join(",")}`;

/** Arguments with which Traefik serves the routes of these namespaces, asks for no others and for no nodes. */
export function watching(namespaces: readonly string[]): string[] {
  const list = namespaces.join(",");
  return [
    "--providers.kubernetesgateway=true",
    `--providers.kubernetesgateway.namespaces=${list}`,
    "--providers.kubernetescrd=true", // Middleware: rate, body and concurrency limits
    `--providers.kubernetescrd.namespaces=${list}`,
    "--providers.kubernetescrd.allowcrossnamespace=false",
    "--providers.kubernetescrd.disableclusterscoperesources=true",
  ];
}
