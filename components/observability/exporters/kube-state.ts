import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { Deployment, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount } from "../../kinds.ts";
import { disruptionBudget } from "../../manifests/disruption-budget.ts";
import { labels, type Owner } from "../../manifests/metadata.ts";
import { serviceAccount } from "../../manifests/service-account.ts";
import { ClusterRole, ClusterRoleBinding } from "../kinds.ts";
import { monitoringPod } from "../pod.ts";
import { namesOf } from "../prometheus/scrape-config.ts";
import { address, one } from "../single-pod.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "../site.ts";
import { from, toAll, traffic } from "../traffic.ts";

const NAME = "monitoring-kube-state";
const PORT = MONITORING_PORT.kubeState;

/** State of Kubernetes objects, for the kinds and metrics that rules read. It may look, and only at those kinds. */
export function runKubeState(site: MonitoringSite): void {
  const { opts, surroundings } = site;
  const owner = monitoringOwner(site, "kube-state-metrics");
  const account = new ServiceAccount(NAME, serviceAccount(owner), opts);
  const role = new ClusterRole(NAME, { metadata: { labels: labels(owner) }, rules: RULES }, opts);
  new ClusterRoleBinding(NAME, binding(owner, role.metadata.name), opts);
  const network = new NetworkPolicy(
    NAME,
    traffic(owner, [from(["prometheus"], PORT)], toAll(surroundings.apiServer)),
    opts,
  );
  new PodDisruptionBudget(NAME, disruptionBudget(owner), opts);
  new Service(NAME, address(owner, PORT), opts);
  new Deployment(NAME, one(owner, pod(owner, site, account.metadata.name)), { ...opts, dependsOn: [network] });
}

const read = ["list", "watch"];
const RULES = [
  { apiGroups: [""], resources: ["pods", "nodes", "persistentvolumeclaims"], verbs: read },
  { apiGroups: ["apps"], resources: ["deployments"], verbs: read },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: read },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: read },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: read },
];

function binding(owner: Owner, role: Input<string>): types.input.rbac.v1.ClusterRoleBinding {
  return {
    metadata: { labels: labels(owner) },
    subjects: [{ kind: "ServiceAccount", name: owner.name, namespace: owner.namespace }],
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
  };
}

function pod(owner: Owner, { image }: MonitoringSite, account: Input<string>): ReturnType<typeof monitoringPod> {
  const named = "app.kubernetes.io/name,app.kubernetes.io/part-of";
  return monitoringPod({
    owner,
    image: image(owner.name),
    serviceAccount: account,
    token: true,
    args: [
      "--resources=cronjobs,deployments,horizontalpodautoscalers,jobs,nodes,persistentvolumeclaims,poddisruptionbudgets,pods",
      `--metric-allowlist=${namesOf("kube-state").join(",")}`,
      `--metric-labels-allowlist=${["cronjobs", "deployments", "horizontalpodautoscalers", "pods"].map((kind) => `${kind}=[${named}]`).join(",")}`,
    ],
    ports: { http: PORT },
    ready: "/metrics",
    alive: "/livez",
    cpu: "20m",
    memory: "96Mi",
  });
}
