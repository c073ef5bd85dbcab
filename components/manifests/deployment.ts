import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { ANNOTATION, LABEL, PORT } from "../../model/names.ts";
import type { ProbePlan, WorkloadPlan } from "../../model/plan/workload.ts";
import type { ImageConnection } from "../platform.ts";
import { labels, metadata, type Owner, selector } from "./metadata.ts";
import { containerSecurity, podSecurity, TEMP_MOUNT, tempVolume } from "./security.ts";
import { spread } from "./spread.ts";

type DeploymentSpec = types.input.apps.v1.DeploymentSpec;

/** What a Deployment needs beside the plan: the names and the build of this deployment. */
export interface DeploymentParts {
  readonly plan: WorkloadPlan;
  readonly owner: Owner;
  readonly image: ImageConnection;
  readonly serviceAccount: Input<string>;
  readonly env: types.input.core.v1.EnvVar[];
  /** Claim of the service's own volume. */
  readonly claim: Input<string> | null;
}

const VOLUME = "data";

/**
 * When Pulumi calls a rollout finished: every replica is of the new version and available. Its built-in rule can take the
 * old version's readiness for the new one's when several Deployments change at once, and then report a broken update as done.
 */
const ROLLED_OUT = 'jsonpath={.status.conditions[?(@.type=="Progressing")].reason}=NewReplicaSetAvailable';

/** The pods of one service and how one version gives way to the next without a lost request. */
export function deployment(parts: DeploymentParts): { metadata: types.input.meta.v1.ObjectMeta; spec: DeploymentSpec } {
  const {
    plan: { rollout },
    owner,
  } = parts;
  return {
    metadata: { ...metadata(owner), annotations: { "pulumi.com/waitFor": ROLLED_OUT, ...contracts(parts.plan) } },
    spec: {
      // Replicas belong to the autoscaler: a number here would fight with it. A single writer has none.
      ...(parts.claim === null ? {} : { replicas: 1 }),
      selector: { matchLabels: selector(owner) },
      strategy: strategy(parts),
      minReadySeconds: rollout.minReadySeconds,
      progressDeadlineSeconds: rollout.deadlineSeconds,
      revisionHistoryLimit: rollout.historyLimit,
      template: podTemplate(parts),
    },
  };
}

/** Which contracts this version keeps, and which it was tested against. On the Deployment: a new version of one rolls no pods by itself. */
function contracts({ contracts: { provides, relies } }: WorkloadPlan): Record<string, string> {
  return {
    ...(provides.length > 0 ? { [ANNOTATION.provides]: provides.join(",") } : {}),
    ...(relies.length > 0 ? { [ANNOTATION.contracts]: relies.join(",") } : {}),
  };
}

/** The old pod leaves when the new one is ready; only a volume that one pod may write makes it the other way round. */
function strategy({ plan, claim }: DeploymentParts): types.input.apps.v1.DeploymentStrategy {
  if (claim !== null) return { type: "Recreate" };
  return { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: plan.rollout.maxSurge } };
}

function podTemplate(parts: DeploymentParts): types.input.core.v1.PodTemplateSpec {
  const { plan, owner, image, serviceAccount } = parts;
  const data = dataVolume(parts);
  return {
    metadata: {
      labels: { ...labels(owner), [LABEL.version]: image.version },
      annotations: {
        "prometheus.io/scrape": "true",
        "prometheus.io/port": String(PORT.metrics),
        "prometheus.io/path": "/metrics",
        "slipway.dev/drain-seconds": String(plan.rollout.drainSeconds),
      },
    },
    spec: {
      serviceAccountName: serviceAccount,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: plan.rollout.graceSeconds,
      securityContext: podSecurity(),
      topologySpreadConstraints: spread(selector(owner)),
      containers: [container(parts, data?.mount)],
      volumes: [tempVolume(plan.resources.temp), ...(data ? [data.volume] : [])],
    },
  };
}

function container(
  { plan, image, env }: DeploymentParts,
  data: types.input.core.v1.VolumeMount | undefined,
): types.input.core.v1.Container {
  const { rollout, resources, probes } = plan;
  return {
    name: plan.name,
    image: image.reference,
    env,
    ports: [
      { name: "http", containerPort: PORT.http },
      { name: "metrics", containerPort: PORT.metrics },
    ],
    startupProbe: probe(probes.startup),
    readinessProbe: probe(probes.readiness),
    livenessProbe: probe(probes.liveness),
    // Kubernetes itself sleeps: the image needs no shell, and the address leaves every Service before the stop signal.
    lifecycle: { preStop: { sleep: { seconds: rollout.preStopSeconds } } },
    resources: {
      requests: { cpu: resources.cpuRequest, memory: resources.memory },
      limits: { cpu: resources.cpuLimit, memory: resources.memory },
    },
    securityContext: containerSecurity(),
    volumeMounts: [TEMP_MOUNT, ...(data ? [data] : [])],
  };
}

/** The service's own volume and where it is found, if it has one. */
function dataVolume({
  plan,
  claim,
}: DeploymentParts): { mount: types.input.core.v1.VolumeMount; volume: types.input.core.v1.Volume } | null {
  if (claim === null || plan.volume === null) return null;
  return {
    mount: { name: VOLUME, mountPath: plan.volume.path },
    volume: { name: VOLUME, persistentVolumeClaim: { claimName: claim } },
  };
}

function probe({ path, periodSeconds, failureThreshold, timeoutSeconds }: ProbePlan): types.input.core.v1.Probe {
  return { httpGet: { path, port: "http" }, periodSeconds, failureThreshold, timeoutSeconds };
}
