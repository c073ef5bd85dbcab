import type { KubeObject } from "../../control-plane/object-path.ts";
import { grantToUser } from "./grant.ts";

/** What the two controllers beside the kubelet may do: nothing else than their job. */
export function accessObjects(): KubeObject[] {
  const read = ["get", "list", "watch"];
  const rule = (apiGroups: string[], resources: string[], verbs: string[]) => ({ apiGroups, resources, verbs });
  return [
    ...grantToUser("slipway:network-policy-controller", [
      rule([""], ["pods", "namespaces"], read),
      rule(["networking.k8s.io"], ["networkpolicies"], read),
    ]),
    ...grantToUser("slipway:volume-provisioner", [
      rule([""], ["persistentvolumes"], [...read, "create", "patch", "update", "delete"]),
      rule([""], ["persistentvolumeclaims"], [...read, "update", "patch"]),
      rule([""], ["nodes", "pods"], read),
      rule([""], ["events"], ["create", "patch", "update"]),
      rule(["events.k8s.io"], ["events"], ["create", "patch", "update"]),
      rule(["storage.k8s.io"], ["storageclasses"], read),
    ]),
  ];
}
