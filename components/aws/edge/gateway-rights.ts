import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { labels, type Owner } from "../../manifests/metadata.ts";

/** What Traefik reads from the Kubernetes API: routes and where their Services' pods are. */
export function role(owner: Owner): types.input.rbac.v1.ClusterRole {
  const read = ["get", "list", "watch"];
  const routes = ["gatewayclasses", "gateways", "httproutes", "grpcroutes", "referencegrants", "backendtlspolicies"];
  return {
    metadata: { labels: labels(owner) },
    rules: [
      { apiGroups: [""], resources: ["namespaces", "services", "configmaps"], verbs: read },
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: read },
      { apiGroups: ["gateway.networking.k8s.io"], resources: routes, verbs: read },
      {
        apiGroups: ["gateway.networking.k8s.io"],
        resources: routes.map((kind) => `${kind}/status`),
        verbs: ["update"],
      },
      { apiGroups: ["traefik.io"], resources: ["middlewares"], verbs: read },
    ],
  };
}

/** Gives Traefik that role. */
export function roleBinding(
  owner: Owner,
  name: Input<string>,
  account: Input<string>,
): types.input.rbac.v1.ClusterRoleBinding {
  return {
    metadata: { labels: labels(owner) },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [{ kind: "ServiceAccount", name: account, namespace: owner.namespace }],
  };
}
