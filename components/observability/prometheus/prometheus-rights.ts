import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { LABEL } from "../../../model/names.ts";
import { labels } from "../../manifests/metadata.ts";
import { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from "../kinds.ts";
import { monitoringOwner, type MonitoringSite } from "../site.ts";

const NODES = [
  { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] },
  { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
];
const PODS = [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }];

const roleRef = (kind: "ClusterRole" | "Role", name: Input<string>): types.input.rbac.v1.RoleRef => ({
  apiGroup: "rbac.authorization.k8s.io",
  kind,
  name,
});

/** Finds pods in the namespaces it watches and reads the figures of nodes: nothing else, and nothing may be changed. */
export function grantReading(
  site: MonitoringSite,
  name: string,
  namespaces: Readonly<Record<string, Input<string>>>,
): void {
  const { opts } = site;
  const own = labels(monitoringOwner(site, name));
  const subjects = [{ kind: "ServiceAccount", name, namespace: site.namespace }];
  const nodes = new ClusterRole("monitoring-nodes", { metadata: { labels: own }, rules: NODES }, opts);
  new ClusterRoleBinding(
    "monitoring-nodes",
    { metadata: { labels: own }, subjects, roleRef: roleRef("ClusterRole", nodes.metadata.name) },
    opts,
  );
  for (const [place, namespace] of Object.entries(namespaces)) {
    const metadata = { namespace, labels: { ...own, [LABEL.name]: name } };
    const pods = new Role(`monitoring-pods-${place}`, { metadata, rules: PODS }, opts);
    const granted = { metadata, subjects, roleRef: roleRef("Role", pods.metadata.name) };
    new RoleBinding(`monitoring-pods-${place}`, granted, opts);
  }
}
