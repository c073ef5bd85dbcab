/** Pods as declared: the template inside every kind that makes pods, and its containers. */

import type { Container, Metadata, PodSpec, PodTemplate, WorkloadSpec } from "./kubernetes.ts";
import { plainObject, property, type Resource } from "./resource.ts";

/** Something that makes pods, or a bare pod. */
export interface Workload {
  readonly resource: Resource;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly spec: WorkloadSpec;
  readonly metadata: Metadata; // of the template: what selectors look at
  readonly pod: PodSpec;
  /** What decides the number of these pods instead of the workload itself. */
  readonly driver?: Resource;
  /** Property path of the pod specification, such as "spec.template.spec". */
  readonly path: string;
}

export type ContainerRole = "app" | "sidecar" | "init" | "ephemeral";

export interface ContainerView {
  readonly workload: Workload;
  readonly resource: Resource;
  readonly container: Container;
  readonly role: ContainerRole;
  readonly path: string;
}

const TEMPLATED = new Set([
  "Deployment",
  "DeploymentConfig",
  "Rollout",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "ReplicationController",
  "Job",
]);

/** The pods that a resource makes, or undefined when it makes none. */
export function workloadOf(resource: Resource): Workload | undefined {
  const { kind, name, namespace } = resource;
  if (!TEMPLATED.has(kind) && kind !== "Pod" && kind !== "CronJob") return undefined;
  const spec = plainObject<WorkloadSpec>(property(resource, "spec"));
  if (kind === "Rollout" && referenceOf(resource)) return undefined; // the pods are those of the Deployment that it names
  const base = { resource, kind, name, namespace, spec };
  if (kind === "Pod")
    return {
      ...base,
      spec: {},
      metadata: resource.metadata,
      pod: plainObject<PodSpec>(property(resource, "spec")),
      path: "spec",
    };
  const template = plainObject<PodTemplate>(kind === "CronJob" ? spec.jobTemplate?.spec?.template : spec.template);
  const path = kind === "CronJob" ? "spec.jobTemplate.spec.template.spec" : "spec.template.spec";
  return { ...base, metadata: plainObject(template.metadata), pod: plainObject(template.spec), path };
}

/** The workload whose pods a Rollout of Argo takes over. */
export function referenceOf(rollout: Resource): { readonly kind: string; readonly name: string } | undefined {
  const { workloadRef } = plainObject<{ readonly workloadRef?: { readonly kind?: string; readonly name?: string } }>(
    property(rollout, "spec"),
  );
  return workloadRef?.name === undefined
    ? undefined
    : { kind: workloadRef.kind ?? "Deployment", name: workloadRef.name };
}

/** A workload whose pods a Rollout runs: as many as the Rollout says, replaced as it says. */
export function driven(workload: Workload, rollout: Resource): Workload {
  const { replicas, minReadySeconds, progressDeadlineSeconds } = plainObject<WorkloadSpec>(property(rollout, "spec"));
  const { replicas: _own, strategy: _instead, ...rest } = workload.spec;
  const stated = { replicas, minReadySeconds, progressDeadlineSeconds };
  const said = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
  return { ...workload, spec: { ...rest, ...said }, driver: rollout };
}

/** All containers of a workload, in the order in which Kubernetes starts them. */
export function* containersOf(workload: Workload): Iterable<ContainerView> {
  const { pod, path, resource } = workload;
  for (const [index, container] of list<Container>(pod.initContainers)) {
    const role = container.restartPolicy === "Always" ? "sidecar" : "init"; // a native sidecar runs as long as the pod
    yield { workload, resource, container, role, path: `${path}.initContainers[${index}]` };
  }
  for (const [index, container] of list<Container>(pod.containers))
    yield { workload, resource, container, role: "app", path: `${path}.containers[${index}]` };
  for (const [index, container] of list<Container>(pod.ephemeralContainers))
    yield { workload, resource, container, role: "ephemeral", path: `${path}.ephemeralContainers[${index}]` };
}

/** Containers that run as long as the pod does, so that probes and autoscaling apply to them. */
export function longRunning(workload: Workload): ContainerView[] {
  return [...containersOf(workload)].filter(({ role }) => role === "app" || role === "sidecar");
}

/** True for what Helm runs at one moment of a release and takes away again. */
export function isHook({ metadata }: Resource): boolean {
  return metadata.annotations?.["helm.sh/hook"] !== undefined;
}

/** True for what serves until it is told to stop. */
export function servesForever({ kind, pod, resource }: Workload): boolean {
  if (kind === "Job" || kind === "CronJob") return false;
  return kind !== "Pod" || ((pod.restartPolicy ?? "Always") === "Always" && !isHook(resource));
}

/**
 * True for a container that helps another one of its pod: it has no port, and the other, which takes the requests, has.
 * Of a bare pod nobody knows which of its containers is the service.
 */
export function isHelper({ container, workload, role }: ContainerView): boolean {
  if (role !== "app" || workload.kind === "Pod" || (container.ports ?? []).length > 0) return false;
  return opensPorts(workload);
}

/** True when some container of the pods declares a port. */
export function opensPorts(workload: Workload): boolean {
  return longRunning(workload).some(({ role, container }) => role === "app" && (container.ports ?? []).length > 0);
}

/** Items of a list with their index; nothing for whatever is no list. */
export function list<T>(value: readonly T[] | undefined): [number, T][] {
  if (!Array.isArray(value)) return [];
  return value
    .map((item: T, index): [number, T] => [index, item])
    .filter(([, item]) => typeof item === "object" && item !== null);
}
