import type { Graph } from "../../resources/graph.ts";
import type { Resource } from "../../resources/resource.ts";

/** Where a rule of a route sends requests. */
export interface BackendRef {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly port?: number;
}

/** A Service behind a rule of a route. */
export interface Backend {
  readonly name: string;
  readonly namespace: string;
  readonly port: number | undefined;
  /** Longest time that Traefik waits for its answer, as it is written; undefined where no object of Traefik's own says it. */
  readonly answersWithin: string | undefined;
  /** Place in the rule. */
  readonly path: string;
}

interface Balanced {
  readonly name?: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly serversTransport?: string;
}
type TraefikService = Resource<{
  readonly spec?: { readonly weighted?: { readonly services?: readonly Balanced[] } };
}>;
type ServersTransport = Resource<{
  readonly spec?: { readonly forwardingTimeouts?: { readonly responseHeaderTimeout?: string } };
}>;

/** How Traefik's routes name what another of its providers knows: "<namespace>-<name>@kubernetescrd". */
const OF_TRAEFIK = /^(.+)@kubernetescrd$/;

/** The Services that a rule leads to, through objects of Traefik's own too. */
export function servicesBehind(
  graph: Graph,
  rule: { readonly backendRefs?: readonly BackendRef[] },
  home: string,
): Backend[] {
  return (rule.backendRefs ?? []).flatMap(({ kind = "Service", name = "", namespace = home, port }, index) => {
    const path = `backendRefs[${index}]`;
    if (kind === "Service") return [{ name, namespace, port, path, answersWithin: undefined }];
    return kind === "TraefikService" ? balanced(graph, name).map((service) => ({ ...service, path })) : [];
  });
}

function balanced(graph: Graph, reference: string): Omit<Backend, "path">[] {
  const wanted = OF_TRAEFIK.exec(reference)?.[1];
  return graph
    .of<TraefikService["props"]>("TraefikService")
    .filter(({ name, namespace }) => `${namespace}-${name}` === wanted)
    .flatMap(({ namespace: home, props }) =>
      (props.spec?.weighted?.services ?? []).map(({ name = "", namespace = home, port, serversTransport }) => ({
        ...{ name, namespace, port },
        answersWithin: patience(graph, home, serversTransport),
      })),
    );
}

function patience(graph: Graph, home: string, transport: string | undefined): string | undefined {
  return graph
    .of<ServersTransport["props"]>("ServersTransport")
    .find(({ name, namespace }) => namespace === home && name === transport)?.props.spec?.forwardingTimeouts
    ?.responseHeaderTimeout;
}
