import type { KubeObject } from "../../control-plane/object-path.ts";
import { addonDeployment, addonNamespace } from "./addon.ts";
import type { Addon, AddonPlace } from "./addon.ts";
import { bindAddon, clusterRole, grantToAddon } from "./grant.ts";
import { onlyThese } from "./traffic.ts";

const namespace = "metrics-server";
const named = { name: "metrics-server", namespace };
const PORT = 10250;

const container = {
  name: "metrics-server",
  args: [
    `--secure-port=${PORT}`,
    "--kubelet-preferred-address-types=InternalIP",
    "--kubelet-certificate-authority=/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
    "--tls-cert-file=/etc/tls/tls.crt",
    "--tls-private-key-file=/etc/tls/tls.key",
    "--metric-resolution=15s",
  ],
  ports: { https: { port: PORT } },
  ready: { path: "/readyz", port: "https", scheme: "HTTPS" },
  alive: { path: "/livez", port: "https", scheme: "HTTPS" },
  resources: { cpu: "50m", memory: "64Mi", memoryLimit: "256Mi" },
  mounts: [{ name: "tls", mountPath: "/etc/tls" }],
} as const;

/** Processor and memory use for the autoscalers. Both of its connections are verified by the cluster's own authority. */
export function metricsServer(
  image: string,
  tls: { ca: string; certificate: string; key: string },
  { apiServer, kubelet }: AddonPlace,
  hash: (text: string) => string,
): Addon {
  const volumes = [{ name: "tls", secret: { secretName: "metrics-server-tls", defaultMode: 0o440 } }];
  const pods = addonDeployment(namespace, { ...container, image }, volumes, hash(tls.certificate));
  const awaited = false; // it is ready after its second look at the kubelet, 15 s later, and only autoscalers need it
  return {
    name: "metrics-server",
    namespace,
    awaited,
    objects: [
      addonNamespace(namespace),
      ...access(),
      ...onlyThese(named, [{ peers: apiServer.peers, ports: [PORT] }], [apiServer, kubelet]),
      secret(tls),
      service,
      pods,
      registration(tls.ca),
    ],
  };
}

const service: KubeObject = {
  apiVersion: "v1",
  kind: "Service",
  metadata: named,
  spec: {
    selector: { "app.kubernetes.io/name": "metrics-server" },
    ports: [{ name: "https", port: 443, targetPort: "https" }],
  },
};

function secret(tls: { certificate: string; key: string }): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "metrics-server-tls", namespace },
    type: "kubernetes.io/tls",
    data: { "tls.crt": base64(tls.certificate), "tls.key": base64(tls.key) },
  };
}

function registration(authority: string): KubeObject {
  return {
    apiVersion: "apiregistration.k8s.io/v1",
    kind: "APIService",
    metadata: { name: "v1beta1.metrics.k8s.io" },
    spec: {
      group: "metrics.k8s.io",
      version: "v1beta1",
      groupPriorityMinimum: 100,
      versionPriority: 100,
      service: { ...named, port: 443 },
      caBundle: base64(authority),
    },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function access(): KubeObject[] {
  const read = ["get", "list", "watch"];
  const account = grantToAddon(named, [
    { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
    { apiGroups: [""], resources: ["pods", "nodes"], verbs: read },
  ]);
  const metrics = [{ apiGroups: ["metrics.k8s.io"], resources: ["pods", "nodes"], verbs: read }];
  return [
    ...account,
    clusterRole("slipway:metrics-reader", metrics, { "rbac.authorization.k8s.io/aggregate-to-view": "true" }),
    bindAddon("slipway:metrics-server:auth-delegator", "system:auth-delegator", named),
    mayReadAuthentication,
  ];
}

/** How the API server tells who asks: kept in a ConfigMap of its own namespace. */
const mayReadAuthentication: KubeObject = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "RoleBinding",
  metadata: { name: "metrics-server-auth-reader", namespace: "kube-system" },
  roleRef: {
    apiGroup: "rbac.authorization.k8s.io",
    kind: "Role",
    name: "extension-apiserver-authentication-reader",
  },
  subjects: [{ kind: "ServiceAccount", ...named }],
};
