/** One service as it should be: every object that the rules want, with nothing to find. */

import type { Props } from "../resources/resource.ts";

export interface GoodService {
  readonly name: string;
  readonly calls?: readonly string[];
  readonly topic?: string;
  readonly consumes?: string;
  readonly routes?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const NAMESPACE = "shop";
const DRAIN = { "slipway.dev/drain-seconds": "20" };

/** Labels of a service's objects and pods. */
export function labelsOf(name: string): Record<string, string> {
  return {
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/part-of": "shop",
    "app.kubernetes.io/component": "service",
    "app.kubernetes.io/version": "1",
    "slipway.dev/owner": "shop-team",
  };
}
const chosen = (name: string): object => ({ matchLabels: { "app.kubernetes.io/name": name } });
const meta = (name: string, more: object = {}): object => ({
  name,
  namespace: NAMESPACE,
  labels: labelsOf(name),
  ...more,
});

/** All objects of one service. */
export function goodService(service: GoodService): Props[] {
  const { name } = service;
  return [
    intent(service),
    { apiVersion: "v1", kind: "ConfigMap", metadata: meta(`${name}-1a2b3c4d`), data: settings(service) },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: meta(`${name}-5e6f7a8b`),
      stringData: { DATABASE_PASSWORD: "kJ8s-Fq2x-Zw9v-Rt4m-Lp6n" },
    },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: meta(name), automountServiceAccountToken: false },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: meta(name, { annotations: contracts(service) }),
      spec: deployment(service),
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: meta(name),
      spec: {
        type: "ClusterIP",
        selector: { "app.kubernetes.io/name": name },
        ports: [
          { name: "http", port: 8080, targetPort: "http" },
          { name: "metrics", port: 9464, targetPort: "metrics" },
        ],
      },
    },
    {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: meta(name),
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
        minReplicas: 2,
        maxReplicas: 4,
        metrics: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
        ],
        behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
      },
    },
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: meta(name),
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: chosen(name) },
    },
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata: meta(name),
      spec: { selector: chosen(name), endpoints: [{ port: "metrics", interval: "30s" }] },
    },
    { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: meta(name), spec: network(service) },
    {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: meta(`${name}-migration`, { labels: labelsOf(`${name}-migration`) }),
      spec: {
        template: {
          metadata: { labels: labelsOf(`${name}-migration`) },
          spec: { ...pod(service, ["node", "/app/service.mjs", "migrate"]), restartPolicy: "Never" },
        },
      },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: meta(`${name}-migration`),
      spec: { ...network(service), podSelector: chosen(`${name}-migration`) },
    },
  ];
}

function intent({ name, calls = [], topic, consumes, routes = [] }: GoodService): Props {
  const plan = {
    system: NAMESPACE,
    name,
    calls: calls.map((callee) => ({ caller: name, callee, transactional: true })),
    publishes: topic ? ["OrderPlaced"] : [],
    consumes: consumes ? ["OrderPlaced"] : [],
    database: name,
    routes,
  };
  return { type: "slipway:workload:Microservice", name, props: { plan } };
}

/** Both sides of every edge, each at its first version. */
function contracts({ name, calls = [], topic, consumes }: GoodService): Record<string, string> {
  return {
    "slipway.dev/provides": [name, ...(topic ? ["OrderPlaced"] : [])].map((one) => `${one}@1`).join(", "),
    "slipway.dev/contracts": [...calls, ...(consumes ? ["OrderPlaced"] : [])].map((one) => `${one}@1`).join(", "),
  };
}

function settings({ name, calls = [], topic, consumes, env = {} }: GoodService): Record<string, string> {
  const edges = calls.flatMap((callee) =>
    Object.entries({
      URL: `http://${callee}:8080`,
      TIMEOUT_MS: "610",
      BREAKER_ERROR_PERCENT: "50",
      BREAKER_OPEN_MS: "5000",
      BREAKER_MIN_CALLS: "10",
      MAX_CONCURRENT: "50",
      FALLBACK: "reject",
    }).map(([key, value]): [string, string] => [`${callee.toUpperCase()}_${key}`, value]),
  );
  return {
    ...Object.fromEntries(edges),
    LOG_LEVEL: "info",
    FAULTS_ENABLED: "false",
    DATABASE_HOST: "db.internal.example",
    DATABASE_NAME: name,
    DATABASE_USER: name,
    DATABASE_POOL: "10",
    ...(topic ? { KAFKA_TOPIC: topic } : {}),
    ...(consumes
      ? { KAFKA_CONSUME: consumes, KAFKA_GROUP: `shop.${name}`, KAFKA_ACKS: "all", KAFKA_AUTO_OFFSET_RESET: "earliest" }
      : {}),
    ...env,
  };
}

const secured = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } };
const probe = (path: string, periodSeconds: number, failureThreshold: number): object => ({
  httpGet: { path: `/healthz/${path}`, port: "http" },
  periodSeconds,
  failureThreshold,
  timeoutSeconds: 1,
});

function deployment(service: GoodService): object {
  const { name } = service;
  return {
    minReadySeconds: 5,
    progressDeadlineSeconds: 300,
    selector: chosen(name),
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    template: { metadata: { labels: labelsOf(name), annotations: DRAIN }, spec: pod(service) },
  };
}

function pod(service: GoodService, command?: readonly string[]): object {
  const { name } = service;
  const variables = Object.keys(settings(service)).map((key) => ({
    name: key,
    valueFrom: { configMapKeyRef: { name: `${name}-1a2b3c4d`, key } },
  }));
  const serving = {
    ports: [
      { name: "http", containerPort: 8080 },
      { name: "metrics", containerPort: 9464 },
    ],
    lifecycle: { preStop: { sleep: { seconds: 8 } } },
    livenessProbe: probe("live", 5, 5),
    readinessProbe: probe("ready", 2, 2),
    startupProbe: probe("started", 5, 12),
  };
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 45,
    securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: "RuntimeDefault" } },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: chosen(command ? `${name}-migration` : name),
      },
    ],
    containers: [
      {
        name,
        image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${"a".repeat(64)}`,
        securityContext: secured,
        ...(command ? { command } : serving),
        env: [
          ...variables,
          {
            name: "DATABASE_PASSWORD",
            valueFrom: { secretKeyRef: { name: `${name}-5e6f7a8b`, key: "DATABASE_PASSWORD" } },
          },
          { name: "NODE_OPTIONS", value: "--max-old-space-size=96" },
        ],
        resources: {
          requests: { cpu: "100m", memory: "128Mi" },
          limits: { cpu: "1", memory: "128Mi", "ephemeral-storage": "1Gi" },
        },
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
      },
    ],
    volumes: [{ name: "tmp", emptyDir: {} }],
  };
}

function network({ name, calls = [] }: GoodService): object {
  const dns = {
    to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
    ports: [
      { protocol: "UDP", port: 53 },
      { protocol: "TCP", port: 53 },
    ],
  };
  return {
    podSelector: chosen(name),
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080 }] }],
    egress: [dns, ...calls.map((callee) => ({ to: [{ podSelector: chosen(callee) }], ports: [{ port: 8080 }] }))],
  };
}
