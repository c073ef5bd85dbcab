/** One declared resource, the same whether it came from an engine, a plan, a state file or a manifest. */

import { own } from "../../model/harmless/own.ts";
import type { Metadata } from "./kubernetes.ts";
import type { LineOf } from "./spot.ts";
import { isBuiltIn } from "../served/apis.ts";
import { withLists, type NoList } from "./lists.ts";
import { guardUnknowns } from "./unknown.ts";

/** Where a resource is declared: `lineOf("")` is its own line, `lineOf(path)` that of a property. */
export interface Source {
  readonly file: string;
  readonly lineOf: LineOf;
}
export type Props = Readonly<Record<string, unknown>>;

export interface Resource<P = object> {
  /** URN of the engine, or `kind/namespace/name` for manifests. */
  readonly urn: string;
  /** Kubernetes kind when its API group is the known one, `group/Kind` when it is foreign, the type token for other providers. */
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  /** "" for what belongs to no namespace. */
  readonly namespace: string;
  readonly metadata: Metadata;
  readonly props: P;
  readonly source?: Source;
  /** Places where something else stands than the list that belongs there; rules read an empty one. */
  readonly noLists?: readonly NoList[];
}

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["apps", "extensions"],
  DeploymentConfig: ["apps.openshift.io"],
  Rollout: ["argoproj.io"],
  StatefulSet: ["apps"],
  DaemonSet: ["apps", "extensions"],
  ReplicaSet: ["apps", "extensions"],
  Job: ["batch"],
  CronJob: ["batch"],
  Ingress: ["networking.k8s.io", "extensions"],
  NetworkPolicy: ["networking.k8s.io", "extensions"],
  TraefikService: ["traefik.io"],
  ApplicationNetworkPolicy: ["networking.k8s.aws"],
  PodDisruptionBudget: ["policy"],
  HorizontalPodAutoscaler: ["autoscaling"],
  StorageClass: ["storage.k8s.io"],
  ServiceMonitor: ["monitoring.coreos.com"],
  PodMonitor: ["monitoring.coreos.com"],
  PrometheusRule: ["monitoring.coreos.com"],
  VirtualService: ["networking.istio.io"],
  DestinationRule: ["networking.istio.io"],
  PeerAuthentication: ["security.istio.io"],
  HTTPRoute: ["gateway.networking.k8s.io"],
  GRPCRoute: ["gateway.networking.k8s.io"],
  TLSRoute: ["gateway.networking.k8s.io"],
  TCPRoute: ["gateway.networking.k8s.io"],
  UDPRoute: ["gateway.networking.k8s.io"],
  ReferenceGrant: ["gateway.networking.k8s.io"],
  Gateway: ["gateway.networking.k8s.io"],
  GatewayClass: ["gateway.networking.k8s.io"],
  TargetGroupBinding: ["elbv2.k8s.aws"],
  ScaledObject: ["keda.sh"],
  VerticalPodAutoscaler: ["autoscaling.k8s.io"],
  Role: ["rbac.authorization.k8s.io"],
  RoleBinding: ["rbac.authorization.k8s.io"],
  ClusterRole: ["rbac.authorization.k8s.io"],
  ClusterRoleBinding: ["rbac.authorization.k8s.io"],
  PriorityClass: ["scheduling.k8s.io"],
  CustomResourceDefinition: ["apiextensions.k8s.io"],
  PodSecurityPolicy: ["policy", "extensions"],
  Kustomization: ["kustomize.config.k8s.io"],
};
const CORE = new Set([
  "Pod",
  "Service",
  "ConfigMap",
  "Secret",
  "PersistentVolumeClaim",
  "PersistentVolume",
  "Namespace",
  "ServiceAccount",
  "ReplicationController",
  "ResourceQuota",
  "LimitRange",
  "Endpoints",
  "Node",
  "List",
  "PodTemplate",
]);
const WITHOUT_NAMESPACE = new Set([
  "Namespace",
  "StorageClass",
  "PersistentVolume",
  "Node",
  "ClusterRole",
  "ClusterRoleBinding",
  "PriorityClass",
  "CustomResourceDefinition",
  "GatewayClass",
  "PodSecurityPolicy",
]);

/** Kind as rules know it; a foreign group keeps its name in front, so that nobody mistakes a Knative Service for a Service. */
export function kindOf(apiVersion: string, kind: string): string {
  const slash = apiVersion.indexOf("/");
  const group = slash < 0 ? "" : apiVersion.slice(0, slash);
  const known = group === "" ? CORE.has(kind) : own(GROUPS, kind)?.includes(group);
  return known ? kind : `${group || "v1"}/${kind}`;
}

/** A Kubernetes object as a resource; what names no namespace lives in "default". */
export function kubernetesResource(object: Props, urn?: string, source?: Source): Resource {
  const { object: whole, wrong } = mayHaveLists(object) ? withLists(object) : { object, wrong: [] };
  const props = guardUnknowns(whole);
  const metadata = plainObject<Metadata>(known(() => props["metadata"], {}));
  const apiVersion = text(() => props["apiVersion"]);
  const kind = kindOf(
    apiVersion,
    text(() => props["kind"]),
  );
  const namespace = WITHOUT_NAMESPACE.has(kind)
    ? ""
    : (word(known(() => metadata.namespace, UNKNOWN_NAMESPACE)) ?? "default");
  const name = word(known(() => metadata.name, undefined)) ?? urn?.slice(urn.lastIndexOf("::") + 2) ?? "(no name)";
  return {
    urn: urn ?? `${kind}/${namespace}/${name}`,
    kind,
    apiVersion,
    name,
    namespace,
    metadata,
    props,
    ...(source ? { source } : {}),
    ...(wrong.length > 0 ? { noLists: wrong } : {}),
  };
}

/** Kinds of Kubernetes itself; the schemas of others speak of fields instead of having them. */
function mayHaveLists({ apiVersion, kind }: Props): boolean {
  return typeof apiVersion === "string" && isBuiltIn(apiVersion) && kind !== "CustomResourceDefinition";
}

/** A resource of another provider, such as `aws:rds/instance:Instance`. */
export function providerResource(
  type: string,
  name: string,
  input: Props,
  urn = `${type}/${name}`,
  source?: Source,
): Resource {
  return {
    urn,
    kind: type,
    apiVersion: "",
    name,
    namespace: "",
    metadata: {},
    props: guardUnknowns(input),
    ...(source ? { source } : {}),
  };
}

const UNKNOWN_NAMESPACE = "(known after deployment)";

function known<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** A name is text, but a manifest may hold anything in its place. */
function word(name: unknown): string | undefined {
  if (name === undefined || name === null) return undefined;
  return typeof name === "object" ? JSON.stringify(name) : String(name);
}

function text(read: () => unknown): string {
  const value = known(read, "");
  return typeof value === "string" ? value : "";
}

/** The value if it is an object, else an empty one: manifests may hold anything. */
export function plainObject<T extends object>(value: unknown): Partial<T> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** One property of a resource whose shape is not known. */
export function property({ props }: Resource, name: string): unknown {
  return (props as Props)[name];
}
