import type { AccessRule } from "../../../../model/traefik.ts";
import type { KubeObject } from "../../control-plane/object-path.ts";

const apiGroup = "rbac.authorization.k8s.io";
const apiVersion = `${apiGroup}/v1`;

/** A name in a namespace. */
export interface Named {
  readonly name: string;
  readonly namespace: string;
}

/** These rules in the whole cluster for one user; the role is called like the user. */
export function grantToUser(user: string, rules: readonly AccessRule[]): KubeObject[] {
  return [clusterRole(user, rules), binding(user, user, { apiGroup, kind: "User", name: user })];
}

/** The account of an add-on, with these rules in the whole cluster. */
export function grantToAddon(account: Named, rules: readonly AccessRule[]): KubeObject[] {
  const role = `slipway:${account.name}`;
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { ...account } },
    clusterRole(role, rules),
    bindAddon(role, role, account),
  ];
}

/** Gives an add-on a role that exists already. */
export function bindAddon(name: string, role: string, account: Named): KubeObject {
  return binding(name, role, { kind: "ServiceAccount", ...account });
}

/** The same in one namespace only. */
export function bindAddonIn(namespace: string, role: string, account: Named): KubeObject {
  const all = binding(role, role, { kind: "ServiceAccount", ...account });
  return { ...all, kind: "RoleBinding", metadata: { name: role, namespace } };
}

/** A role that may be bound in the whole cluster. */
export function clusterRole(
  name: string,
  rules: readonly AccessRule[],
  labels?: Readonly<Record<string, string>>,
): KubeObject {
  return {
    apiVersion,
    kind: "ClusterRole",
    metadata: labels === undefined ? { name } : { name, labels },
    rules,
  };
}

function binding(name: string, role: string, subject: object): KubeObject {
  return {
    apiVersion,
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup, kind: "ClusterRole", name: role },
    subjects: [subject],
  };
}
