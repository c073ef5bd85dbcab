/** What was meant: the plan that a Microservice registers as its input, read as plain data of whatever shape it has. */

import { TOKEN } from "../../model/names.ts";
import type { Graph } from "../resources/graph.ts";
import type { Workload } from "../resources/pods.ts";
import { plainObject, type Resource } from "../resources/resource.ts";
import { UnknownValue } from "../resources/unknown.ts";

export interface Call {
  readonly callee: string;
  readonly transactional: boolean;
}
export interface Intent {
  readonly resource: Resource;
  readonly system: string;
  readonly name: string;
  readonly calls: readonly Call[];
  readonly publishes: readonly string[];
  readonly consumes: readonly string[];
  readonly database: string | undefined;
  readonly routes: readonly string[];
}

/** All services whose intent is registered. */
export function intents(graph: Graph): readonly Intent[] {
  return graph.once("intents", () =>
    graph
      .of<{ readonly plan?: unknown }>(TOKEN.microservice)
      .filter(({ props }) => known(props))
      .map((resource) => intentOf(resource)),
  );
}

function known(props: { readonly plan?: unknown }): boolean {
  try {
    return props.plan !== undefined;
  } catch {
    return false; // known only after deployment
  }
}

/** What one component meant; missing parts are empty. An engine that keeps no inputs of components leaves nobody who knows what was meant. */
export function intentOf(resource: Resource<{ readonly plan?: unknown }>): Intent {
  if (resource.props.plan === undefined) throw new UnknownValue("the inputs of the component were not kept");
  const plan = plainObject<{
    system: unknown;
    name: unknown;
    calls: unknown;
    publishes: unknown;
    consumes: unknown;
    database: unknown;
    routes: unknown;
  }>(resource.props.plan);
  return {
    resource,
    system: text(plan.system) ?? "",
    name: text(plan.name) ?? resource.name,
    calls: many(plan.calls).map((call) => ({
      callee: typeof call === "string" ? call : (text(call["callee"]) ?? ""),
      transactional: typeof call !== "string" && call["transactional"] === true,
    })),
    publishes: words(plan.publishes),
    consumes: words(plan.consumes),
    routes: words(plan.routes),
    database: text(plan.database) ?? undefined,
  };
}

/** The workload that a component means: the Deployment or StatefulSet of that name. */
export function workloadFor(graph: Graph, { name, system }: Intent): Workload | undefined {
  const byName = graph.once("workloads by service", () =>
    Map.groupBy(
      graph.workloads.filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet"),
      (workload) => labelled(workload) ?? workload.name,
    ),
  );
  const found = byName.get(name) ?? [];
  return found.find(({ namespace }) => namespace === system) ?? found[0];
}

function labelled({ metadata, resource }: Workload): string | undefined {
  try {
    return metadata.labels?.["app.kubernetes.io/name"] ?? resource.metadata.labels?.["app.kubernetes.io/name"];
  } catch {
    return undefined; // labels known only after deployment
  }
}

type Fields = Readonly<Record<string, unknown>>;

function many(value: unknown): readonly (string | Fields)[] {
  return Array.isArray(value) ? (value as (string | Fields)[]) : [];
}

function words(value: unknown): readonly string[] {
  return many(value).flatMap((one) =>
    typeof one === "string" ? [one] : [text(one["name"]) ?? text(one["event"]) ?? ""],
  );
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
