/** One model of everything declared, built once; every rule that compares resources asks it. */

import type { Selector } from "./kubernetes.ts";
import { driven, referenceOf, workloadOf, type Workload } from "./pods.ts";
import { property, type Resource } from "./resource.ts";
import { judgedElsewhere } from "./owners.ts";
import { includes, selects } from "./selectors.ts";
import { UnknownValue } from "./unknown.ts";

interface Shelf {
  readonly all: Workload[];
  readonly byLabel: Map<string, Workload[]>;
  readonly opaque: Workload[];
}
interface Selection {
  readonly of: Map<Workload, Resource[]>;
  readonly opaque: Set<string>;
}

export class Graph {
  readonly resources: readonly Resource[];
  /** What makes pods of its own; children of others are judged at their owner. */
  readonly workloads: readonly Workload[];
  /** Objects that others make and keep, which no rule is asked about. */
  readonly kept: ReadonlySet<Resource>;
  readonly #byKind = new Map<string, Resource[]>();
  readonly #byName = new Map<string, Resource>();
  readonly #workloadOf = new Map<Resource, Workload>();
  readonly #shelves = new Map<string, Shelf>();
  readonly #memory = new Map<string, unknown>();

  /** False where a part of the input could not be read, so that what is missing here may be there. */
  readonly whole: boolean;

  constructor(resources: readonly Resource[], whole = true) {
    this.whole = whole;
    this.resources = resources;
    this.kept = judgedElsewhere(resources);
    for (const resource of resources) {
      push(this.#byKind, resource.kind, resource);
      const name = `${resource.kind}/${resource.namespace}/${resource.name}`;
      if (!this.#byName.has(name)) this.#byName.set(name, resource); // a second one of the same name is said by a rule
      const workload = workloadOf(resource);
      if (workload) this.#workloadOf.set(resource, workload);
    }
    this.#drive();
    const workloads = [...new Set(this.#workloadOf.values())];
    this.workloads = workloads.filter(({ resource }) => !this.kept.has(resource));
    for (const workload of workloads) if (!this.#hasDeclaredOwner(workload)) this.#shelve(workload);
  }

  /** All resources of a kind. */
  of<P = object>(kind: string): readonly Resource<P>[] {
    return (this.#byKind.get(kind) ?? []) as unknown as readonly Resource<P>[];
  }

  find<P = object>(kind: string, namespace: string, name: string): Resource<P> | undefined {
    return this.#byName.get(`${kind}/${namespace}/${name}`) as Resource<P> | undefined;
  }

  /** True when anything of a namespace is declared here. */
  knows(namespace: string): boolean {
    return this.once("namespaces", () => new Set(this.resources.map((resource) => resource.namespace))).has(namespace);
  }

  /** Labels of a namespace, declared or given by Kubernetes itself. */
  namespaceLabels(name: string): Readonly<Record<string, string>> {
    return { "kubernetes.io/metadata.name": name, ...this.find("Namespace", "", name)?.metadata.labels };
  }

  workload(resource: Resource): Workload | undefined {
    return this.#workloadOf.get(resource);
  }

  /** The workload that an autoscaler or owner names. */
  workloadNamed(kind: string, namespace: string, name: string): Workload | undefined {
    const resource = this.find(kind, namespace, name);
    return resource && this.#workloadOf.get(resource);
  }

  /** Workloads of a namespace whose pods a label selector matches. */
  matching(selector: Selector | undefined, namespace: string): readonly Workload[] {
    const shelf = this.#shelves.get(namespace);
    if (!shelf || !selector) return [];
    const found = candidates(shelf, selector.matchLabels).filter(({ metadata }) => selects(selector, metadata.labels));
    if (found.length === 0 && shelf.opaque.length > 0)
      throw new UnknownValue(`labels of pods in ${namespace} are known only after deployment`);
    return found;
  }

  /** Resources of a kind in the workload's namespace whose pod selector matches it. */
  selecting<P = object>(
    kind: "Service" | "PodDisruptionBudget" | "NetworkPolicy" | "ApplicationNetworkPolicy",
    workload: Workload,
  ): readonly Resource<P>[] {
    const selection = this.once(`selecting ${kind}`, () => this.#select(kind));
    const found = selection.of.get(workload) ?? [];
    if (found.length === 0 && selection.opaque.has(workload.namespace))
      throw new UnknownValue(`the selector of a ${kind} in ${workload.namespace} is known only after deployment`);
    return found as unknown as readonly Resource<P>[];
  }

  /** Computes something about the whole graph the first time it is asked for. */
  once<T>(what: string, compute: () => T): T {
    if (!this.#memory.has(what)) this.#memory.set(what, compute());
    return this.#memory.get(what) as T;
  }

  /** Lets Rollouts decide about the pods of the Deployments that they name. */
  #drive(): void {
    for (const rollout of this.of("Rollout")) {
      const { kind, name } = known(() => referenceOf(rollout)) ?? {};
      const target = kind && name ? this.workloadNamed(kind, rollout.namespace, name) : undefined;
      if (!target) continue;
      const workload = driven(target, rollout);
      this.#workloadOf.set(target.resource, workload);
      this.#workloadOf.set(rollout, workload);
    }
  }

  /** Pods are counted once: at the workload that makes them, where it is declared. */
  #hasDeclaredOwner({ resource, namespace, metadata }: Workload): boolean {
    if (!this.kept.has(resource)) return false;
    return this.workloads.some(
      (owner) => owner.namespace === namespace && known(() => includes(metadata.labels, owner.metadata.labels ?? {})),
    );
  }

  #shelve(workload: Workload): void {
    let shelf = this.#shelves.get(workload.namespace);
    if (!shelf) this.#shelves.set(workload.namespace, (shelf = { all: [], byLabel: new Map(), opaque: [] }));
    try {
      for (const [key, value] of Object.entries(workload.metadata.labels ?? {}))
        push(shelf.byLabel, `${key}=${value}`, workload);
      shelf.all.push(workload);
    } catch {
      shelf.opaque.push(workload);
    }
  }

  #select(kind: string): Selection {
    const selection: Selection = { of: new Map(), opaque: new Set() };
    for (const resource of this.of(kind)) {
      try {
        const selector = podSelector(resource);
        for (const workload of selector ? this.matching(selector, resource.namespace) : [])
          push(selection.of, workload, resource);
      } catch {
        selection.opaque.add(resource.namespace);
      }
    }
    return selection;
  }
}

/** The selector with which a Service, disruption budget or network policy chooses pods. */
export function podSelector(resource: Resource): Selector | undefined {
  const spec = property(resource, "spec") as
    | { readonly selector?: unknown; readonly podSelector?: Selector }
    | undefined;
  if (resource.kind.endsWith("NetworkPolicy")) return spec?.podSelector ?? {};
  if (resource.kind !== "Service") {
    const selector = spec?.selector as Selector | undefined;
    return selectsNothing(resource, selector) ? undefined : selector;
  }
  const labels = spec?.selector as Record<string, string> | undefined;
  return labels && Object.keys(labels).length > 0 ? { matchLabels: labels } : undefined;
}

/** The first version of disruption budgets read an empty selector as "no pods", all others as "all pods". */
function selectsNothing({ apiVersion }: Resource, selector: Selector = {}): boolean {
  return (
    apiVersion === "policy/v1beta1" &&
    Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0
  );
}

function candidates(shelf: Shelf, labels: Selector["matchLabels"]): readonly Workload[] {
  let best: readonly Workload[] = shelf.all;
  for (const [key, value] of Object.entries(labels ?? {})) {
    const bucket = shelf.byLabel.get(`${key}=${value}`) ?? [];
    if (bucket.length < best.length) best = bucket;
  }
  return includes(undefined, labels ?? {}) ? shelf.all : best;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function known<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
