/** ConfigMaps, Secrets and keys that pods refer to. */

import { own } from "../../model/harmless/own.ts";
import type { Graph } from "../resources/graph.ts";
import type { EnvVar, KeyRef, VolumeItems } from "../resources/kubernetes.ts";
import { containersOf, type Workload } from "../resources/pods.ts";
import type { Resource } from "../resources/resource.ts";

export type ConfigKind = "ConfigMap" | "Secret";
/** How a value arrives; volumes are updated in place, the environment never. */
export type Way = "env" | "envFrom" | "volume" | "subPath" | "imagePullSecret";
export interface ConfigRef {
  readonly kind: ConfigKind;
  readonly name: string;
  readonly keys: readonly string[];
  readonly optional: boolean;
  readonly way: Way;
  readonly path: string;
}
interface ConfigProps {
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
  readonly immutable?: boolean;
}
export type Config = Resource<ConfigProps>;

/** Everything a workload takes from ConfigMaps and Secrets. */
export function* refsOf(workload: Workload): Iterable<ConfigRef> {
  const subPaths = new Set<string>();
  for (const { container, path } of containersOf(workload)) {
    for (const [index, variable] of (container.env ?? []).entries()) yield* envRef(variable, `${path}.env[${index}]`);
    for (const [index, { configMapRef, secretRef }] of (container.envFrom ?? []).entries()) {
      if (configMapRef) yield whole("ConfigMap", configMapRef, "envFrom", `${path}.envFrom[${index}].configMapRef`);
      if (secretRef) yield whole("Secret", secretRef, "envFrom", `${path}.envFrom[${index}].secretRef`);
    }
    for (const mount of container.volumeMounts ?? []) if (mount.subPath && mount.name) subPaths.add(mount.name);
  }
  yield* volumeRefs(workload, subPaths);
  for (const [index, { name }] of (workload.pod.imagePullSecrets ?? []).entries())
    yield whole(
      "Secret",
      { ...(name ? { name } : {}) },
      "imagePullSecret",
      `${workload.path}.imagePullSecrets[${index}]`,
    );
}

function* envRef({ valueFrom }: EnvVar, path: string): Iterable<ConfigRef> {
  for (const [kind, field] of [
    ["ConfigMap", "configMapKeyRef"],
    ["Secret", "secretKeyRef"],
  ] as const) {
    const ref = valueFrom?.[field];
    if (ref)
      yield {
        kind,
        name: ref.name ?? "",
        keys: [ref.key ?? ""],
        optional: ref.optional === true,
        way: "env",
        path: `${path}.valueFrom.${field}`,
      };
  }
}

function whole(kind: ConfigKind, { name = "", optional }: KeyRef, way: Way, path: string): ConfigRef {
  return { kind, name, keys: [], optional: optional === true, way, path };
}

function* volumeRefs({ pod, path }: Workload, subPaths: ReadonlySet<string>): Iterable<ConfigRef> {
  for (const [index, volume] of (pod.volumes ?? []).entries()) {
    const way = subPaths.has(volume.name ?? "") ? "subPath" : "volume";
    const at = `${path}.volumes[${index}]`;
    if (volume.configMap) yield mounted("ConfigMap", volume.configMap.name, volume.configMap, way, `${at}.configMap`);
    if (volume.secret) yield mounted("Secret", volume.secret.secretName, volume.secret, way, `${at}.secret`);
    for (const [s, { configMap, secret }] of (volume.projected?.sources ?? []).entries()) {
      if (configMap)
        yield mounted("ConfigMap", configMap.name, configMap, way, `${at}.projected.sources[${s}].configMap`);
      if (secret) yield mounted("Secret", secret.name, secret, way, `${at}.projected.sources[${s}].secret`);
    }
  }
}

type Mounted = { readonly items?: readonly VolumeItems[]; readonly optional?: boolean };

function mounted(
  kind: ConfigKind,
  name: string | undefined,
  { items, optional }: Mounted,
  way: Way,
  path: string,
): ConfigRef {
  return {
    kind,
    name: name ?? "",
    keys: (items ?? []).map(({ key }) => key ?? ""),
    optional: optional === true,
    way,
    path,
  };
}

/** The declared object that a reference means. */
export function referred(graph: Graph, { namespace }: Workload, { kind, name }: ConfigRef): Config | undefined {
  return graph.find<ConfigProps>(kind, namespace, name);
}

/** The declared ConfigMaps and Secrets of a workload, as far as its references can be read. */
export function configsOf(graph: Graph, workload: Workload): readonly Config[] {
  const known = graph.once("configs of workloads", () => new Map<Workload, Config[]>());
  let found = known.get(workload);
  if (found) return found;
  known.set(workload, (found = []));
  try {
    for (const ref of refsOf(workload))
      found.push(...[referred(graph, workload, ref)].filter((config) => config !== undefined));
  } catch {
    // unknown or malformed: rules about references say so
  }
  return found;
}

/** Keys that a ConfigMap or Secret holds. */
export function keysOf({ props }: Config): readonly string[] {
  return [
    ...Object.keys(props.data ?? {}),
    ...Object.keys(props.stringData ?? {}),
    ...Object.keys(props.binaryData ?? {}),
  ];
}

/** What one container sees in its environment as far as it is declared: literals and ConfigMap values, never secrets. */
export function environment(
  graph: Graph,
  workload: Workload,
  wantedContainer?: string,
): ReadonlyMap<string, { readonly value: string; readonly path: string }> {
  const seen = new Map<string, { value: string; path: string }>();
  for (const { container, path, role } of containersOf(workload)) {
    if (
      role === "init" ||
      role === "ephemeral" ||
      (wantedContainer !== undefined && container.name !== wantedContainer)
    )
      continue;
    for (const [index, { configMapRef, prefix = "" }] of (container.envFrom ?? []).entries()) {
      const map = configMapRef?.name
        ? graph.find<ConfigProps>("ConfigMap", workload.namespace, configMapRef.name)
        : undefined;
      for (const [key, value] of Object.entries(map?.props.data ?? {}))
        seen.set(prefix + key, { value: String(value), path: `${path}.envFrom[${index}]` });
    }
    for (const [index, { name = "", value, valueFrom }] of (container.env ?? []).entries()) {
      const ref = valueFrom?.configMapKeyRef;
      const text =
        value ??
        (ref?.name
          ? own(graph.find<ConfigProps>("ConfigMap", workload.namespace, ref.name)?.props.data ?? {}, ref.key ?? "")
          : undefined);
      if (text !== undefined) seen.set(name, { value: String(text), path: `${path}.env[${index}]` });
    }
  }
  return seen;
}
