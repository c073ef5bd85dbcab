/** What a service mesh does on the way between two Services. */

import type { Graph } from "../../resources/graph.ts";
import type { Resource } from "../../resources/resource.ts";
import { meshHost } from "./routes.ts";

interface TrafficPolicy {
  readonly connectionPool?: {
    readonly tcp?: { readonly connectTimeout?: string; readonly maxConnections?: number };
    readonly http?: object;
  };
  readonly outlierDetection?: {
    readonly maxEjectionPercent?: number;
    readonly consecutive5xxErrors?: number;
    readonly consecutiveErrors?: number;
  };
}

type DestinationRule = Resource<{ readonly spec?: { readonly host?: string; readonly trafficPolicy?: TrafficPolicy } }>;

function destinationRules(graph: Graph): ReadonlyMap<string, DestinationRule> {
  return graph.once(
    "destination rules by host",
    () =>
      new Map(
        graph.of<DestinationRule["props"]>("DestinationRule").map((rule) => {
          const { name, namespace } = meshHost(rule.props.spec?.host ?? "", rule.namespace);
          const everywhere = name === "*" && /^(svc|local|cluster)$|^$/.test(namespace);
          return [everywhere || rule.props.spec?.host === "*" ? "*/*" : `${namespace}/${name}`, rule];
        }),
      ),
  );
}

/** The DestinationRule for a Service: its own, else that for its namespace, else that for all. */
export function destinationRuleOf(graph: Graph, namespace: string, name: string): DestinationRule | undefined {
  const rules = destinationRules(graph);
  return rules.get(`${namespace}/${name}`) ?? rules.get(`${namespace}/*`) ?? rules.get("*/*");
}
