import type { KubeObject } from "../../control-plane/object-path.ts";

/** What the two controllers beside the kubelet may do: nothing else than their job. */
export function accessObjects(): KubeObject[] {
  const read = ["get", "list", "watch"];
  const rule = (apiGroups: string[], resources: string[], verbs: string[]) => ({ apiGroups, resources, verbs });
  return [
    ...grant("slipway:network-policy-controller", [
      rule([""], ["pods", "namespaces"], read),
      rule(["networking.k8s.io"], ["networkpolicies"], read),
    ]),
    ...grant("slipway:volume-provisioner", [
      rule([""], ["persistentvolumes"], [...read, "create", "patch", "update", "delete"]),
      rule([""], ["persistentvolumeclaims"], [...read, "update", "patch"]),
      rule([""], ["nodes", "pods"], read),
      rule([""], ["events"], ["create", "patch", "update"]),
      rule(["events.k8s.io"], ["events"], ["create", "patch", "update"]),
      rule(["storage.k8s.io"], ["storageclasses"], read),
    ]),
  ];
}

function grant(user: string, rules: object[]): KubeObject[] {
  const apiVersion = "rbac.authorization.k8s.io/v1";
  return [
    { apiVersion, kind: "ClusterRole", metadata: { name: user }, rules },
    {
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata: { name: user },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: user },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: user }],
    },
  ];
}
