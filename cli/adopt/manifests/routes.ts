import type { Published } from "../program.ts";
import { entries, get, items, type Node, textOf, textsOf } from "../reading/node.ts";
import type { Note } from "../reading/place.ts";
import type { ClusterObject, Objects } from "./objects.ts";

/** A public path with the Service that answers it. */
export interface Route extends Published {
  readonly service: string;
  readonly namespace: string;
  /** Port of the Service, by number or by name. */
  readonly to: string;
}

/** What Ingresses and HTTPRoutes let the public reach, and what of them is not carried over. */
export function routesIn(objects: Objects): { readonly routes: readonly Route[]; readonly notes: readonly Note[] } {
  const ingresses = objects.of("Ingress").map(ofIngress);
  const http = objects.of("HTTPRoute", "GRPCRoute").map(ofHttpRoute);
  const all = [...ingresses, ...http];
  const hosts = new Set(all.flatMap(({ routes }) => routes.map(({ host }) => host)));
  return {
    // One host is the system's own domain; of several each keeps its first label in front of it.
    routes: all.flatMap(({ routes }) => routes.map((route) => (hosts.size > 1 ? inFront(route) : withoutHost(route)))),
    notes: all.flatMap(({ notes }) => notes),
  };
}

function withoutHost({ host: _, ...route }: Route): Route {
  return route;
}

function inFront({ host, ...route }: Route): Route {
  const label = host?.split(".")[0] ?? "";
  return /^[a-z][a-z0-9-]*$/.test(label) ? { ...route, host: label } : route;
}

interface Read {
  readonly routes: Route[];
  readonly notes: Note[];
}

function ofIngress({ name, namespace, node }: ClusterObject): Read {
  const because = `Ingress ${name}`;
  const made = (backend: Node | undefined, path: string, host: string | undefined, at: Node["at"]): Route[] => {
    const service = textOf(get(backend, "service", "name") ?? get(backend, "serviceName"));
    if (service === undefined) return [];
    const shown = { path: cleaned(path), ...(host !== undefined && { host }) };
    return [{ service, namespace, to: portOf(backend), ...shown, at, because, maybe: false }];
  };
  const rules = items(get(node, "spec", "rules")).flatMap((rule) =>
    items(get(rule, "http", "paths")).flatMap((one) =>
      made(get(one, "backend"), textOf(get(one, "path")) ?? "/", textOf(get(rule, "host")), one.at),
    ),
  );
  const fallback = get(node, "spec", "defaultBackend") ?? get(node, "spec", "backend");
  const annotations = entries(get(node, "metadata", "annotations")).filter(
    ([key]) => !/^(kubectl|meta\.helm|cert-manager)/.test(key),
  );
  return {
    routes: [...rules, ...(fallback === undefined ? [] : made(fallback, "/", undefined, fallback.at))],
    notes: annotations.map(([key, one]) => ({
      at: one.at,
      text: `${because}: ${key}: ${textOf(one) ?? ""} is not carried over`,
    })),
  };
}

/** The port of a Service, by number or name. */
function portOf(backend: Node | undefined): string {
  const port = get(backend, "service", "port");
  return textOf(get(port, "number") ?? get(port, "name") ?? get(backend, "servicePort")) ?? "";
}

function ofHttpRoute({ kind, name, namespace, node }: ClusterObject): Read {
  const [host] = textsOf(get(node, "spec", "hostnames"));
  const notes: Note[] = [];
  const routes = items(get(node, "spec", "rules")).flatMap((rule) => {
    const filters = items(get(rule, "filters"));
    const seen = filters.map((one) => get(one, "urlRewrite", "path")).find((one) => one !== undefined);
    const as = textOf(get(seen, "replacePrefixMatch") ?? get(seen, "replaceFullPath"));
    const others = filters.filter((one) => get(one, "urlRewrite") === undefined);
    notes.push(...others.map(({ at }) => ({ at, text: `${kind} ${name}: this filter is not carried over` })));
    const matches = items(get(rule, "matches"));
    const paths = matches.length === 0 ? ["/"] : matches.map((one) => textOf(get(one, "path", "value")) ?? "/");
    return items(get(rule, "backendRefs")).flatMap((backend) =>
      paths.map((path) => ({
        service: textOf(get(backend, "name")) ?? "",
        namespace: textOf(get(backend, "namespace")) ?? namespace,
        to: textOf(get(backend, "port")) ?? "",
        path: cleaned(path),
        ...(as !== undefined && as !== cleaned(path) && { as: cleaned(as) }),
        ...(host !== undefined && { host }),
        at: rule.at,
        because: `${kind} ${name}`,
        maybe: false,
      })),
    );
  });
  return { routes, notes };
}

/** A path as descriptions write it: what comes behind it is always meant, patterns are not known. */
function cleaned(path: string): string {
  const plain = path.replace(/[(*[?].*$/, "").replace(/\/+$/, "");
  return plain === "" ? "/" : plain;
}
