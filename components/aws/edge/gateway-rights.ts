import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { type AccessRule, CLUSTER_RIGHTS, ROUTE_RIGHTS } from "../../../model/traefik.ts";
import { labels, type Owner } from "../../manifests/metadata.ts";

type Rule = types.input.rbac.v1.PolicyRule;
const mutable = (rules: readonly AccessRule[]): Rule[] =>
  rules.map(({ apiGroups, resources, verbs }) => ({
    apiGroups: [...apiGroups],
    resources: [...resources],
    verbs: [...verbs],
  }));

/** What Traefik reads of things that are in no namespace. */
export function clusterRole(owner: Owner): types.input.rbac.v1.ClusterRole {
  return { metadata: { labels: labels(owner) }, rules: mutable(CLUSTER_RIGHTS) };
}

/** What it reads where the system's routes, Services and middlewares are, and nowhere else. */
export function routeRole(owner: Owner, namespace: Input<string>): types.input.rbac.v1.Role {
  return { metadata: { namespace, labels: labels(owner) }, rules: mutable(ROUTE_RIGHTS) };
}

/** Gives Traefik's account the first of them. */
export function clusterBinding(
  owner: Owner,
  name: Input<string>,
  account: Input<string>,
): types.input.rbac.v1.ClusterRoleBinding {
  return { metadata: { labels: labels(owner) }, ...granted("ClusterRole", owner, name, account) };
}

/** The same for the second one, in the namespace of the system. */
export function routeBinding(
  owner: Owner,
  namespace: Input<string>,
  name: Input<string>,
  account: Input<string>,
): types.input.rbac.v1.RoleBinding {
  return { metadata: { namespace, labels: labels(owner) }, ...granted("Role", owner, name, account) };
}

function granted(kind: "ClusterRole" | "Role", owner: Owner, name: Input<string>, account: Input<string>) {
  return {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name },
    subjects: [{ kind: "ServiceAccount", name: account, namespace: owner.namespace }],
  };
}
