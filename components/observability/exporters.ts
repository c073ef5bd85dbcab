import { ConfigMap, Deployment, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount } from "../kinds.ts";
import { labels, metadata, namedMetadata, type Owner, selector } from "../manifests/metadata.ts";
import { disruptionBudget } from "../manifests/disruption-budget.ts";
import { podsNamed } from "../manifests/peers.ts";
import { serviceAccount } from "../manifests/service-account.ts";
import { settingsMap } from "../manifests/settings.ts";
import { ClusterRole, ClusterRoleBinding, DaemonSet } from "./kinds.ts";
import { monitoringPod } from "./pod.ts";
import { namesOf } from "./scrape-config.ts";
import { MONITORING_PORT, monitoringOwner, type MonitoringSite } from "./site.ts";

/** State of Kubernetes objects, for the kinds and metrics that rules read. It may look, and only at those kinds. */
export function runKubeState(site: MonitoringSite): void {
  const { opts, image } = site;
  const owner = monitoringOwner(site, "kube-state-metrics");
  const account = new ServiceAccount("monitoring-kube-state", serviceAccount(owner), opts);
  const read = ["list", "watch"];
  const role = new ClusterRole(
    "monitoring-kube-state",
    {
      metadata: { labels: labels(owner) },
      rules: [
        { apiGroups: [""], resources: ["pods", "nodes", "persistentvolumeclaims"], verbs: read },
        { apiGroups: ["apps"], resources: ["deployments"], verbs: read },
        { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: read },
        { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: read },
      ],
    },
    opts,
  );
  new ClusterRoleBinding(
    "monitoring-kube-state",
    {
      metadata: { labels: labels(owner) },
      subjects: [{ kind: "ServiceAccount", name: owner.name, namespace: site.namespace }],
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role.metadata.name },
    },
    opts,
  );
  const named = "app.kubernetes.io/name,app.kubernetes.io/part-of";
  const network = onlyPrometheus(owner, MONITORING_PORT.kubeState, "monitoring-kube-state", opts);
  new PodDisruptionBudget("monitoring-kube-state", disruptionBudget(owner), opts);
  new Service("monitoring-kube-state", address(owner, MONITORING_PORT.kubeState), opts);
  new Deployment(
    "monitoring-kube-state",
    one(
      owner,
      monitoringPod({
        owner,
        image: image("kube-state-metrics"),
        serviceAccount: account.metadata.name,
        token: true,
        args: [
          "--resources=deployments,horizontalpodautoscalers,nodes,persistentvolumeclaims,poddisruptionbudgets,pods",
          `--metric-allowlist=${namesOf("kube-state").join(",")}`,
          `--metric-labels-allowlist=deployments=[${named}],horizontalpodautoscalers=[${named}],pods=[${named}]`,
        ],
        ports: { http: MONITORING_PORT.kubeState },
        ready: "/metrics",
        alive: "/livez",
        cpu: "20m",
        memory: "96Mi",
      }),
    ),
    { ...opts, dependsOn: [network] },
  );
}

/** Figures of every node. No access to the host is needed: its processors, memory and disk show in any container. */
export function runNodeExporter(site: MonitoringSite): void {
  const { opts, image } = site;
  const owner = monitoringOwner(site, "node-exporter");
  const account = new ServiceAccount("monitoring-node", serviceAccount(owner), opts);
  const network = onlyPrometheus(owner, MONITORING_PORT.node, "monitoring-node", opts);
  const template = monitoringPod({
    owner,
    image: image("node-exporter"),
    serviceAccount: account.metadata.name,
    args: [
      "--collector.disable-defaults",
      "--collector.cpu",
      "--collector.meminfo",
      "--collector.loadavg",
      "--collector.filesystem",
    ],
    ports: { http: MONITORING_PORT.node },
    ready: "/",
    alive: "/",
    cpu: "10m",
    memory: "40Mi",
    everywhere: true,
  });
  new DaemonSet(
    "monitoring-node",
    {
      metadata: metadata(owner),
      spec: { selector: { matchLabels: selector(owner) }, updateStrategy: { type: "RollingUpdate" }, template },
    },
    { ...opts, dependsOn: [network] },
  );
}

/** Asks through public entries. Anything the gateway itself answers counts, also "not found" and "who are you?". */
const PROBE = `modules:
  entry:
    prober: http
    timeout: 4s
    http:
      valid_status_codes: [200, 201, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 429]
      follow_redirects: false
      preferred_ip_protocol: ip4
`;

/** The probe of every system's public entry. */
export function runBlackbox(site: MonitoringSite): void {
  const { opts, image } = site;
  const owner = monitoringOwner(site, "blackbox-exporter");
  const account = new ServiceAccount("monitoring-blackbox", serviceAccount(owner), opts);
  const settings = new ConfigMap("monitoring-blackbox", settingsMap(owner, { "blackbox.yml": PROBE }), opts);
  const network = onlyPrometheus(owner, MONITORING_PORT.blackbox, "monitoring-blackbox", opts);
  new PodDisruptionBudget("monitoring-blackbox", disruptionBudget(owner), opts);
  new Service("monitoring-blackbox", address(owner, MONITORING_PORT.blackbox), opts);
  new Deployment(
    "monitoring-blackbox",
    one(
      owner,
      monitoringPod({
        owner,
        image: image("blackbox-exporter"),
        serviceAccount: account.metadata.name,
        args: ["--config.file=/etc/blackbox/blackbox.yml"],
        ports: { http: MONITORING_PORT.blackbox },
        ready: "/-/healthy",
        alive: "/-/healthy",
        cpu: "10m",
        memory: "48Mi",
        mounts: [{ name: "settings", mountPath: "/etc/blackbox" }],
        volumes: [{ name: "settings", configMap: { name: settings.metadata.name } }],
      }),
    ),
    { ...opts, dependsOn: [network] },
  );
}

/** One pod that a newer one replaces without a gap. */
export function one(
  owner: Owner,
  template: ReturnType<typeof monitoringPod>,
): ConstructorParameters<typeof Deployment>[1] & object {
  return {
    metadata: metadata(owner),
    spec: {
      replicas: 1,
      selector: { matchLabels: selector(owner) },
      revisionHistoryLimit: 3,
      minReadySeconds: 5,
      progressDeadlineSeconds: 300,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template,
    },
  };
}

/** The address inside the cluster. */
export function address(owner: Owner, port: number): ConstructorParameters<typeof Service>[1] & object {
  return {
    metadata: namedMetadata(owner, owner.name),
    spec: { selector: selector(owner), ports: [{ name: "http", port, targetPort: "http" }] },
  };
}

function onlyPrometheus(owner: Owner, port: number, name: string, opts: MonitoringSite["opts"]): NetworkPolicy {
  return new NetworkPolicy(
    name,
    {
      metadata: metadata(owner),
      spec: {
        podSelector: { matchLabels: selector(owner) },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [podsNamed("prometheus")], ports: [{ protocol: "TCP", port }] }],
        egress: [{}],
      },
    },
    opts,
  );
}
