/** Objects of Kubernetes beside the services: the namespace, its entry, its storage. */

import type { Props } from "../../resources/resource.ts";
import { clusterObject, object, NAMESPACE } from "./names.ts";

export function namespace(): Props[] {
  const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE, labels } },
    object("networking.k8s.io/v1", "NetworkPolicy", "default-deny", {
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    }),
    object("v1", "ResourceQuota", "shop", {
      spec: { hard: { "requests.cpu": "2", "requests.memory": "2Gi", pods: "20" } },
    }),
  ];
}

/** Lets nobody say by a header who they are. */
export const NAMELESS = {
  type: "RequestHeaderModifier",
  requestHeaderModifier: {
    remove: ["x-user-id", "x-forwarded-user", "x-auth-request-user", "remote-user", "x-forwarded-client-cert"],
  },
} as const;

/** The gateway, its one route and the limit of the route. */
export function entry(): Props[] {
  const limited = { type: "ExtensionRef", extensionRef: { group: "traefik.io", kind: "Middleware", name: "rate" } };
  const orders = {
    matches: [{ path: { type: "PathPrefix", value: "/orders" } }],
    filters: [limited, NAMELESS],
    backendRefs: [{ name: "order", port: 8080 }],
    timeouts: { request: "10s" },
  };
  return [
    object("gateway.networking.k8s.io/v1", "Gateway", "entry", {
      spec: { gatewayClassName: "traefik", listeners: [{ name: "https", protocol: "HTTPS", port: 443 }] },
    }),
    object("traefik.io/v1alpha1", "Middleware", "rate", { spec: { rateLimit: { average: 20, burst: 40 } } }),
    open(
      object("gateway.networking.k8s.io/v1", "HTTPRoute", "order", {
        spec: { parentRefs: [{ name: "entry" }], rules: [orders] },
      }),
    ),
    object("v1", "ConfigMap", "limits-0a1b2c3d", {
      data: { RATE_LIMIT_RPS: "20", RATE_LIMIT_BURST: "40", RATE_LIMIT_KEY: "client" },
    }),
  ];
}

/** Whoever looks at the shop need not say who they are. */
function open(route: Props): Props {
  const annotations = { "slipway.dev/open": "a shop window" };
  return { ...route, metadata: { ...(route["metadata"] as object), annotations } };
}

export function storage(): Props[] {
  return [
    clusterObject("storage.k8s.io/v1", "StorageClass", "gp3", {
      provisioner: "ebs.csi.aws.com",
      volumeBindingMode: "WaitForFirstConsumer",
      reclaimPolicy: "Retain",
      parameters: { type: "gp3", encrypted: "true" },
    }),
    object("v1", "PersistentVolumeClaim", "archive", {
      spec: { accessModes: ["ReadWriteOnce"], storageClassName: "gp3", resources: { requests: { storage: "10Gi" } } },
    }),
  ];
}

/** The catalogue of events: who publishes, who consumes, what takes it back. */
export function catalogue(): Props {
  const event = (name: string, undoneBy: string | null): object => ({
    name,
    producer: "order",
    consumers: ["payment"],
    fields: ["orderId"],
    undoneBy,
  });
  const content = {
    correlationKey: "orderId",
    envelope: ["eventId", "eventType", "version", "occurredAt"],
    events: [event("OrderPlaced", "OrderCanceled"), event("OrderCanceled", null)],
  };
  return object("v1", "ConfigMap", "events-4e5f6a7b", { data: { "events.json": JSON.stringify(content) } });
}
