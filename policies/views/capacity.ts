/** How many pods a workload has at its lowest, at its highest, and while it rolls. */

import type { Graph } from "../resources/graph.ts";
import type { IntOrString } from "../resources/kubernetes.ts";
import type { Workload } from "../resources/pods.ts";
import type { Resource } from "../resources/resource.ts";
import { UnknownValue } from "../resources/unknown.ts";

export interface Metric {
  readonly type?: string;
  readonly resource?: { readonly name?: string; readonly target?: MetricTarget };
  readonly containerResource?: { readonly name?: string; readonly container?: string; readonly target?: MetricTarget };
}
interface MetricTarget {
  readonly type?: string;
  readonly averageUtilization?: number;
}
export interface AutoscalerSpec {
  readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string; readonly apiVersion?: string };
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly minReplicaCount?: number; // KEDA
  readonly idleReplicaCount?: number;
  readonly triggers?: readonly {
    readonly type?: string;
    readonly metricType?: string;
    readonly metadata?: Readonly<Record<string, string>>;
  }[];
  readonly maxReplicaCount?: number; // KEDA
  readonly metrics?: readonly Metric[];
  readonly targetCPUUtilizationPercentage?: number; // autoscaling/v1
  readonly behavior?: {
    readonly scaleUp?: { readonly selectPolicy?: string; readonly stabilizationWindowSeconds?: number };
    readonly scaleDown?: { readonly selectPolicy?: string; readonly stabilizationWindowSeconds?: number };
  };
}
export type Autoscaler = Resource<{ readonly spec?: AutoscalerSpec }>;

/** Autoscalers (HPA or KEDA) that name a workload. */
export function autoscalersOf(graph: Graph, workload: Workload): readonly Autoscaler[] {
  const byTarget = graph.once("autoscalers by target", () => {
    const targets = new Map<string, Autoscaler[]>();
    for (const autoscaler of [
      ...graph.of<Autoscaler["props"]>("HorizontalPodAutoscaler"),
      ...graph.of<Autoscaler["props"]>("ScaledObject"),
    ]) {
      const key = targetKey(autoscaler);
      targets.set(key, [...(targets.get(key) ?? []), autoscaler]);
    }
    return targets;
  });
  const found = [workload, ...(workload.driver ? [workload.driver] : [])].flatMap(
    ({ kind, namespace, name }) => byTarget.get(`${kind}/${namespace}/${name}`) ?? [],
  );
  if (found.length === 0 && byTarget.has(`${UNSEEN}/${workload.namespace}`))
    throw new UnknownValue(`the target of an autoscaler in ${workload.namespace} is known only after deployment`);
  return found;
}

const UNSEEN = "unknown";

function targetKey({ props, namespace }: Autoscaler): string {
  try {
    return `${props.spec?.scaleTargetRef?.kind ?? "Deployment"}/${namespace}/${props.spec?.scaleTargetRef?.name ?? ""}`;
  } catch {
    return `${UNSEEN}/${namespace}`;
  }
}

/** Bounds of an autoscaler, with what Kubernetes and KEDA assume where nothing is said. */
export function boundsOf({ kind, props }: Autoscaler): {
  readonly floor: number;
  readonly ceiling: number | undefined;
} {
  const { minReplicas, maxReplicas, minReplicaCount, maxReplicaCount, idleReplicaCount } = props.spec ?? {};
  return kind === "ScaledObject"
    ? { floor: idleReplicaCount ?? minReplicaCount ?? 0, ceiling: maxReplicaCount ?? 100 }
    : { floor: minReplicas ?? 1, ceiling: maxReplicas };
}

/** Lowest and highest number of pods, and where the numbers stand. */
export interface Span {
  readonly floor: number;
  readonly ceiling: number;
  readonly source: string;
  readonly autoscaler?: Autoscaler;
}

const REPLICATED = new Set(["Deployment", "StatefulSet", "ReplicaSet", "DeploymentConfig", "Rollout"]);

/** The span of a workload; undefined for kinds that have no number of replicas. */
export function spanOf(graph: Graph, workload: Workload): Span | undefined {
  if (!REPLICATED.has(workload.kind)) return undefined;
  const autoscaler = autoscalersOf(graph, workload)[0];
  const spec = autoscaler?.props.spec;
  if (autoscaler && spec) {
    const { floor, ceiling } = boundsOf(autoscaler);
    return { floor, ceiling: ceiling ?? floor, source: "HPA floor", autoscaler };
  }
  const replicas = workload.spec.replicas ?? 1; // what Kubernetes assumes
  return {
    floor: replicas,
    ceiling: replicas,
    source: workload.spec.replicas === undefined ? "replicas by default" : "replicas",
  };
}

/** True for a whole number of pods. */
export function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}

/** True for what Kubernetes reads as a number of pods or a share of them. */
export function isShare(value: unknown): boolean {
  return isCount(value) || (typeof value === "string" && /^\d+%$/.test(value));
}

/** An absolute number or a percentage of a total, rounded as Kubernetes rounds that field. */
export function share(value: IntOrString, total: number, round: "up" | "down"): number {
  const text = String(value).trim();
  if (!text.endsWith("%")) return Number(text);
  const exact = (Number(text.slice(0, -1)) * total) / 100;
  return round === "up" ? Math.ceil(exact - 1e-9) : Math.floor(exact + 1e-9);
}

/** Pods that a rollout may add at `replicas`; 25 % by default, rounded up. */
export function surge(workload: Workload, replicas: number): number {
  if (workload.kind !== "Deployment" || workload.spec.strategy?.type === "Recreate") return 0;
  return share(workload.spec.strategy?.rollingUpdate?.maxSurge ?? "25%", replicas, "up");
}

/** Pods that a rollout may take away at `replicas`; 25 % by default, rounded down. */
export function unavailable(workload: Workload, replicas: number): number {
  if (workload.spec.strategy?.type === "Recreate") return replicas;
  const away = share(workload.spec.strategy?.rollingUpdate?.maxUnavailable ?? "25%", replicas, "down");
  return away === 0 && surge(workload, replicas) === 0 ? 1 : away; // Kubernetes needs one of them to make progress
}

export type BudgetSpec = {
  readonly minAvailable?: IntOrString;
  readonly maxUnavailable?: IntOrString;
  readonly unhealthyPodEvictionPolicy?: string;
};
export type Budget = Resource<{ readonly spec?: BudgetSpec }>;

/** Pods that a disruption budget lets go at `replicas`, with the sum spelled out. */
export function evictions(
  spec: BudgetSpec,
  replicas: number,
): { readonly allowed: number; readonly sum: string } | undefined {
  if (spec.maxUnavailable !== undefined && spec.maxUnavailable !== null) {
    const allowed = Math.min(replicas, share(spec.maxUnavailable, replicas, "up"));
    return { allowed, sum: `maxUnavailable ${spec.maxUnavailable} of ${replicas} = ${allowed}` };
  }
  if (spec.minAvailable === undefined || spec.minAvailable === null) return undefined;
  const kept = share(spec.minAvailable, replicas, "up");
  return {
    allowed: Math.max(0, replicas - kept),
    sum: `${replicas} − minAvailable ${spec.minAvailable}${kept === spec.minAvailable ? "" : ` (${kept})`} = ${Math.max(0, replicas - kept)}`,
  };
}

/** Metrics that are a share of a request, and the one container they are about, if it is one. */
export function utilisation({ props }: Autoscaler): { metric: string; only?: string | undefined }[] {
  const spec = props.spec ?? {};
  const classic = spec.targetCPUUtilizationPercentage === undefined ? [] : [{ metric: "cpu" }];
  const metrics = (spec.metrics ?? []).flatMap(({ type, resource, containerResource }) => {
    if (type === "Resource" && resource?.target?.type !== "AverageValue") return [{ metric: resource?.name ?? "cpu" }];
    if (type === "ContainerResource" && containerResource?.target?.type !== "AverageValue")
      return [{ metric: containerResource?.name ?? "cpu", only: containerResource?.container }];
    return [];
  });
  const triggers = (spec.triggers ?? []).flatMap(({ type = "", metricType, metadata = {} }) =>
    /^(cpu|memory)$/.test(type) && (metricType ?? metadata["type"] ?? "Utilization") === "Utilization"
      ? [{ metric: type, ...(metadata["containerName"] ? { only: metadata["containerName"] } : {}) }]
      : [],
  );
  return [...classic, ...metrics, ...triggers];
}
