import { podsOf } from "./names.ts";
import { settingsOf, type GoodService } from "./settings.ts";

const IMAGE = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${"a".repeat(64)}`;

/** The pod that answers requests. */
export function servingPod(service: GoodService): object {
  return pod(service, podsOf(service.name), {
    ports: [
      { name: "http", containerPort: 8080 },
      { name: "metrics", containerPort: 9464 },
    ],
    lifecycle: { preStop: { sleep: { seconds: 8 } } },
    livenessProbe: probe("live", 5, 5),
    readinessProbe: probe("ready", 2, 2),
    startupProbe: probe("started", 5, 12),
  });
}

/** The pod that changes the tables before a rollout. */
export function migratingPod(service: GoodService): object {
  const command = ["node", "/app/service.mjs", "migrate"];
  return { ...pod(service, podsOf(`${service.name}-migration`), { command }), restartPolicy: "Never" };
}

function pod(service: GoodService, itsPods: object, does: object): object {
  return {
    serviceAccountName: service.name,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 45,
    securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: "RuntimeDefault" } },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: itsPods,
      },
    ],
    containers: [container(service, does)],
    volumes: [{ name: "tmp", emptyDir: {} }],
  };
}

function container(service: GoodService, does: object): object {
  return {
    name: service.name,
    image: IMAGE,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    ...does,
    env: environment(service),
    resources: {
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { cpu: "1", memory: "128Mi", "ephemeral-storage": "1Gi" },
    },
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
  };
}

/** Every setting by its key in the ConfigMap, the password from the Secret. */
function environment(service: GoodService): object[] {
  const { name } = service;
  const password = { name: `${name}-5e6f7a8b`, key: "DATABASE_PASSWORD" };
  return [
    ...Object.keys(settingsOf(service)).map((key) => ({
      name: key,
      valueFrom: { configMapKeyRef: { name: `${name}-1a2b3c4d`, key } },
    })),
    { name: "DATABASE_PASSWORD", valueFrom: { secretKeyRef: password } },
    { name: "NODE_OPTIONS", value: "--max-old-space-size=96" },
  ];
}

function probe(path: string, periodSeconds: number, failureThreshold: number): object {
  return {
    httpGet: { path: `/healthz/${path}`, port: "http" },
    periodSeconds,
    failureThreshold,
    timeoutSeconds: 1,
  };
}
