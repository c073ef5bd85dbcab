/** What weakens a promise by the description's own word: the list that a System registers, read as plain data. */

import { LABEL, TOKEN } from "../../model/names.ts";
import type { Graph } from "../resources/graph.ts";
import { plainObject, type Resource } from "../resources/resource.ts";
import { UnknownValue } from "../resources/unknown.ts";
import type { Workload } from "../resources/pods.ts";
import { intentFor, PROGRAMS, type Intent } from "./intent.ts";

export interface Weakness {
  readonly service: string;
  /** Such as "one", "shared", "unhealthy"; see the description's words. */
  readonly kind: string;
  readonly about: string;
  readonly reason: string;
}
type Planned = { readonly plan?: unknown };
type Fields = Readonly<Record<string, unknown>>;

/** Everything that one system admits. A weakness without a reason admits nothing. */
export function weaknessesIn({ props }: Resource<Planned>): readonly Weakness[] {
  if (props.plan === undefined) throw new UnknownValue("the inputs of the component were not kept");
  const { weaknesses } = plainObject<{ weaknesses: unknown }>(props.plan);
  return list(weaknesses).map(({ service, kind, about, reason }) => ({
    service: text(service),
    kind: text(kind),
    about: text(about),
    reason: text(reason),
  }));
}

/** True where the description of a program admits a weakness of that kind, with its reason. */
export function admits(graph: Graph, intent: Intent | undefined, kind: string, about?: string): boolean {
  if (!intent) return false;
  return ofSystem(graph, intent.system).some(
    (weakness) =>
      weakness.service === intent.name &&
      weakness.kind === kind &&
      weakness.reason.trim() !== "" &&
      (about === undefined || weakness.about === about),
  );
}

/** The same of whoever runs these pods; nobody knows where an engine kept no inputs of components. */
export function workloadAdmits(graph: Graph, workload: Workload, kind: string, about?: string): boolean {
  if (forgotten(graph)) throw new UnknownValue("what descriptions decline was not kept with their components");
  return admits(graph, intentFor(graph, workload), kind, about);
}

function forgotten(graph: Graph): boolean {
  return graph.once("plans forgotten", () =>
    [...PROGRAMS, TOKEN.system].some((kind) => graph.of<Planned>(kind).some(({ props }) => props.plan === undefined)),
  );
}

/** Programs of a system that reach a store which is there already, wherever it may be. */
export function reachesExistingStore(graph: Graph, { system, name }: Intent): boolean {
  return plansOf(graph, system).some(({ props }) => {
    const { existingStores } = plainObject<{ existingStores: unknown }>(props.plan);
    return list(existingStores).some(({ services }) => Array.isArray(services) && services.includes(name));
  });
}

/** True for the server of a store that keeps nothing, by its description's own word; servers of several stores keep for all of them. */
export function mayForget(graph: Graph, { metadata }: Workload): boolean {
  const { labels = {} } = metadata;
  return plansOf(graph, labels[LABEL.system] ?? "").some(({ props }) => {
    const { stores } = plainObject<{ stores: unknown }>(props.plan);
    return list(stores).some(
      ({ name, kind, keeps }) => name === labels[LABEL.name] && kind === "redis" && keeps === "nothing",
    );
  });
}

function ofSystem(graph: Graph, system: string): readonly Weakness[] {
  return plansOf(graph, system).flatMap(weaknessesIn);
}

function plansOf(graph: Graph, system: string): readonly Resource<Planned>[] {
  return graph
    .of<Planned>(TOKEN.system)
    .filter(({ props }) => plainObject<{ name: unknown }>(props.plan).name === system);
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter((one): one is Fields => typeof one === "object" && one !== null) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
