// Kinds that only the monitoring needs; see components/kinds.ts for why they are not taken from the SDK's index.
export { DaemonSet } from "@pulumi/kubernetes/apps/v1/daemonSet.js";
export { ClusterRole } from "@pulumi/kubernetes/rbac/v1/clusterRole.js";
export { ClusterRoleBinding } from "@pulumi/kubernetes/rbac/v1/clusterRoleBinding.js";
export { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
export { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
