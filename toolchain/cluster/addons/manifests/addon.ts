import type { KubeObject } from "../../control-plane/object-path.ts";
import type { Way } from "./traffic.ts";

/** A program of the cluster itself that runs as ordinary pods. */
export interface Addon {
  readonly name: string;
  readonly namespace: string;
  /** Whether `up` waits for it. */
  readonly awaited: boolean;
  readonly objects: readonly KubeObject[];
}

/** Where the add-ons run, for their network rules. */
export interface AddonPlace {
  /** Systems whose routes the entry serves. */
  readonly systems: readonly string[];
  /** The API server as pods see it. */
  readonly apiServer: Way;
  /** The kubelet. */
  readonly kubelet: Way;
}

/** What every add-on's pod has in common: no root, no write access, no privileges. */
export interface AddonContainer {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly ports: Readonly<Record<string, { port: number; protocol?: "TCP" | "UDP" }>>;
  readonly ready: { path: string; port: string; scheme?: "HTTP" | "HTTPS" };
  readonly alive: { path: string; port: string; scheme?: "HTTP" | "HTTPS" };
  readonly resources: { cpu: string; memory: string; memoryLimit: string };
  readonly capabilities?: readonly string[];
  /** Seconds that its requests may still take once nobody sends to it any more; default 15. */
  readonly drainSeconds?: number;
  readonly mounts?: readonly { name: string; mountPath: string }[];
}

/** Numeric user and group of every add-on, the `nobody` of most minimal images. */
export const addonUser = "65532:65532";

/** Seconds until nobody sends to a pod that leaves, that it may take to end what it has, and before it is killed. */
const PRE_STOP_SECONDS = 5;
const DRAIN_SECONDS = 15;
const SPARE_SECONDS = 10;

/** A one-replica Deployment of an add-on. */
export function addonDeployment(
  namespace: string,
  container: AddonContainer,
  volumes: readonly object[],
  hash: string,
): KubeObject {
  const labels = { "app.kubernetes.io/name": container.name, "app.kubernetes.io/managed-by": "slipway" };
  const selector = { "app.kubernetes.io/name": container.name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: container.name, namespace, labels },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 2,
      selector: { matchLabels: selector },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: { labels, annotations: { "slipway.dev/configuration": hash } },
        spec: {
          serviceAccountName: container.name,
          priorityClassName: "system-cluster-critical",
          terminationGracePeriodSeconds: PRE_STOP_SECONDS + (container.drainSeconds ?? DRAIN_SECONDS) + SPARE_SECONDS,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            runAsGroup: 65532,
            fsGroup: 65532,
            seccompProfile: { type: "RuntimeDefault" },
          },
          containers: [containerSpec(container)],
          volumes,
        },
      },
    },
  };
}

/** Namespace that admits only restricted pods, unless the add-on needs a port below 1024. */
export function addonNamespace(name: string, level: "restricted" | "baseline" = "restricted"): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { "pod-security.kubernetes.io/enforce": level } },
  };
}

function containerSpec(container: AddonContainer) {
  const { cpu, memory, memoryLimit } = container.resources;
  return {
    name: container.name,
    image: container.image,
    imagePullPolicy: "IfNotPresent",
    args: container.args,
    ports: Object.entries(container.ports).map(([name, { port, protocol = "TCP" }]) => ({
      name,
      containerPort: port,
      protocol,
    })),
    // Nobody sends to a pod any more once the pause is over; `cluster down` does not wait for it.
    lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
    readinessProbe: { httpGet: container.ready, periodSeconds: 2, failureThreshold: 3 },
    livenessProbe: { httpGet: container.alive, initialDelaySeconds: 20, periodSeconds: 10, failureThreshold: 6 },
    resources: { requests: { cpu, memory }, limits: { memory: memoryLimit } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"], ...(container.capabilities === undefined ? {} : { add: container.capabilities }) },
    },
    volumeMounts: container.mounts ?? [],
  };
}
