/** What pods ask for. */

import { parseQuantity } from "../../model/quantity.ts";
import type { Graph } from "../resources/graph.ts";
import type { Container, IntOrString, Quantities } from "../resources/kubernetes.ts";
import { containersOf, type ContainerView, type Workload } from "../resources/pods.ts";

export interface LimitRangeProps {
  readonly spec?: {
    readonly limits?: readonly {
      readonly type?: string;
      readonly default?: Quantities;
      readonly defaultRequest?: Quantities;
    }[];
  };
}
type Bound = "requests" | "limits";

/**
 * Cores or bytes that the scheduler and a quota count for one pod: those of all containers that run together, or of the
 * init container that wants most beside the sidecars started before it.
 */
export function requested(graph: Graph, workload: Workload, what: string, bound: Bound = "requests"): number {
  const of = ({ container }: ContainerView): number => amount(graph, workload.namespace, container, what, bound);
  let sidecars = 0;
  let starting = 0;
  let running = 0;
  for (const view of containersOf(workload)) {
    if (view.role === "init") starting = Math.max(starting, sidecars + of(view));
    else if (view.role === "sidecar") sidecars += of(view);
    else if (view.role === "app") running += of(view);
  }
  return Math.max(starting, sidecars + running);
}

/** What a container says, else what the LimitRange of its namespace fills in; a missing request is the limit. */
function amount(graph: Graph, namespace: string, { resources }: Container, what: string, bound: Bound): number {
  const own = resources?.[bound]?.[what] ?? (bound === "requests" ? resources?.limits?.[what] : undefined);
  return parseQuantity(own ?? defaultOf(graph, namespace, what, bound) ?? 0) ?? 0;
}

/** What a LimitRange gives to containers that say nothing. */
export function defaultOf(graph: Graph, namespace: string, what: string, bound: Bound): IntOrString | undefined {
  for (const range of graph.of<LimitRangeProps>("LimitRange"))
    for (const { type, default: most, defaultRequest } of range.namespace === namespace
      ? (range.props.spec?.limits ?? [])
      : []) {
      const found = bound === "limits" ? most?.[what] : (defaultRequest?.[what] ?? most?.[what]);
      if (type === "Container" && found !== undefined) return found;
    }
  return undefined;
}

/** A sum of cores, bytes or objects, for findings. */
export function readable(name: string, value: number): string {
  if (name.includes("memory") || name.includes("storage")) return `${Math.ceil(value / 2 ** 20)}Mi`;
  return name.includes("cpu") ? `${Math.round(value * 1000)}m` : String(value);
}
