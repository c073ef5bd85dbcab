import { UNKNOWN } from "../../resources/unknown.ts";
import type { Cases, Edits } from "../../testing/case.ts";

const rbac = (kind: string, rest: object): object => ({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind,
  metadata: { name: "rights", namespace: "shop" },
  ...rest,
});
const given = {
  "+": [
    rbac("Role", { rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"] }] }),
    rbac("RoleBinding", {
      roleRef: { kind: "Role", name: "rights" },
      subjects: [{ kind: "ServiceAccount", name: "order", namespace: "shop" }],
    }),
  ],
};
const rule = "Role/rights rules[0]";
const right = (resource: string, verb: string, names?: readonly string[]): Edits => ({
  [rule]: { apiGroups: [""], resources: [resource], verbs: [verb], ...(names ? { resourceNames: names } : {}) },
});
const unknown = { "Role/rights rules": UNKNOWN };

// biome-ignore format: one case a line
export const cases: Cases = {
  "rights-are-named": { given, fails: { [`${rule}.verbs`]: ["*"] }, boundary: { [`${rule}.verbs`]: ["get", "list", "watch", "create", "update", "patch", "delete"] }, unknown },
  "no-cluster-admin": { given, fails: { "RoleBinding/rights roleRef": { kind: "ClusterRole", name: "cluster-admin" } }, boundary: { "RoleBinding/rights roleRef": { kind: "ClusterRole", name: "view" } }, unknown: { "RoleBinding/rights roleRef": UNKNOWN } },
  "nobody-anonymous": { given, fails: { "RoleBinding/rights subjects[+]": { kind: "Group", name: "system:unauthenticated" } }, boundary: { "RoleBinding/rights subjects[+]": { kind: "Group", name: "system:authenticated" } }, unknown: { "RoleBinding/rights subjects": UNKNOWN } },
  "no-exec-right": { given, fails: right("pods/exec", "create"), boundary: right("pods/log", "get"), unknown },
  "secrets-not-readable": { given: { "+": [rbac("ClusterRole", { rules: [{ resources: ["configmaps"], verbs: ["get"] }] })] }, fails: { "ClusterRole/rights rules[0].resources": ["secrets"] }, boundary: { "ClusterRole/rights rules[0]": { resources: ["secrets"], verbs: ["get"], resourceNames: ["order"] } }, unknown: { "ClusterRole/rights rules": UNKNOWN } },
  "secrets-by-name": { given, fails: right("secrets", "list"), boundary: right("secrets", "get", ["order"]), unknown },
  "no-escalation": { given, fails: right("rolebindings", "create"), boundary: right("rolebindings", "list"), unknown },
  "no-node-proxy": { given, fails: right("nodes/proxy", "get"), boundary: right("nodes/metrics", "get"), unknown },
};
