import { podSelector } from "../../resources/graph.ts";
import type { Resource } from "../../resources/resource.ts";
import { everywhere, inProduction, notApplicable, resourceRule, workloadRule } from "../../judging/rule.ts";
import { describe, selects } from "../../resources/selectors.ts";
import {
  backing,
  portsOf,
  reaches,
  selectsByDesign,
  servicePort,
  targetOf,
  type Service,
  type ServiceSpec,
} from "../../views/services.ts";
import { backendsOf, meshHost, target, type HttpRoute, type Ingress, type VirtualService } from "../../views/routes.ts";

interface ServiceProps {
  readonly spec?: ServiceSpec;
}
const SERVICE = ["Service"];

export const selectorMatchesTemplate = workloadRule({
  id: "selector-matches-template",
  number: "K45",
  items: [37],
  severity: "critical",
  levels: everywhere,
  title: "A workload selects the pods that it makes",
  why: "The API server refuses the object, or it makes pods without end.",
  fix: `selector: { matchLabels: labels }, template: { metadata: { labels } }`,
  *check({ kind, spec, metadata, resource }) {
    if (
      !["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "DeploymentConfig"].includes(
        kind,
      )
    )
      return notApplicable;
    const selector =
      kind === "ReplicationController" || kind === "DeploymentConfig"
        ? spec.selector
          ? { matchLabels: spec.selector as Readonly<Record<string, string>> }
          : undefined
        : spec.selector;
    if (!selector && resource.apiVersion !== "apps/v1") return notApplicable; // older versions copied the labels
    if (!selects(selector, metadata.labels))
      yield {
        path: "spec.selector",
        found: selector ? describe(selector) : "not set",
        wanted: `labels of the template: ${describe({ matchLabels: metadata.labels ?? {} })}`,
      };
  },
});

export const serviceSelectsPods = resourceRule<ServiceProps>()({
  id: "service-selects-pods",
  number: "K46",
  items: [37],
  on: SERVICE,
  severity: "high",
  levels: everywhere,
  title: "Every Service leads to pods that exist",
  why: "A Service without pods refuses every request, and nothing else says so.",
  fix: `spec: { selector: labels } // the labels of the pod template`,
  *across(service, { graph }) {
    if (!selectsByDesign(service)) return notApplicable;
    if (backing(graph, service).length > 0) return;
    const near = graph.workloads
      .filter(({ namespace }) => namespace === service.namespace)
      .slice(0, 3)
      .map(({ name, metadata }) => `${name} has ${describe({ matchLabels: metadata.labels ?? {} })}`);
    yield {
      path: "spec.selector",
      found: describe(podSelector(service)),
      wanted: near.length
        ? `labels of pods in ${service.namespace}: ${near.join("; ")}`
        : `pods in namespace ${service.namespace}`,
    };
  },
});

export const serviceSelectorUnique = resourceRule<ServiceProps>()({
  id: "service-selector-unique",
  number: "K47",
  items: [37],
  on: SERVICE,
  severity: "low",
  levels: { critical: "advisory", standard: "advisory", dev: "advisory" },
  title: "No two Services of a namespace select the same pods",
  why: "The same selector twice is mostly a copied manifest: requests for one service reach another.",
  fix: `spec: { selector: { "app.kubernetes.io/name": "order" } }`,
  *across(service, { graph }) {
    if (!selectsByDesign(service)) return notApplicable;
    const bySelector = graph.once("services by selector", () => Map.groupBy(graph.of<ServiceProps>("Service"), key));
    const others = (bySelector.get(key(service)) ?? []).filter((other) => other !== service);
    if (others.length > 0)
      yield {
        path: "spec.selector",
        found: `${describe(podSelector(service))}, as in ${others.map(({ name }) => name).join(", ")}`,
        wanted: "a selector of its own",
        related: others,
      };
  },
});

function key({ namespace, props }: Service): string {
  try {
    return `${namespace}/${JSON.stringify(Object.entries(props.spec?.selector ?? {}).sort())}`;
  } catch {
    return "unknown";
  }
}

export const serviceInternal = resourceRule<ServiceProps>()({
  id: "service-internal",
  number: "K48",
  items: [13],
  on: SERVICE,
  severity: "medium",
  levels: everywhere,
  title: "No Service opens a port on every node",
  why: "A node port goes round the gateway, its limits and its authentication, on every node of the cluster.",
  fix: `spec: { type: "ClusterIP" } // and a route of the gateway`,
  *check({ props }) {
    if (props.spec?.type === "NodePort")
      yield { path: "spec.type", found: "NodePort", wanted: "ClusterIP, with one entry for the system" };
  },
});

export const headlessService = workloadRule({
  id: "headless-service",
  number: "K49",
  items: [37],
  severity: "high",
  levels: everywhere,
  title: "A StatefulSet has the headless Service that names its pods",
  why: "Without it the pods have no stable names, so members of a cluster do not find each other.",
  fix: `new k8s.core.v1.Service("kafka", { metadata: { name: "kafka" }, spec: { clusterIP: "None", selector: labels, ports: [{ port: 9092 }] } })`,
  *across(workload, { graph }) {
    if (workload.kind !== "StatefulSet") return notApplicable;
    const name = workload.spec.serviceName;
    const service = name ? graph.find<ServiceProps>("Service", workload.namespace, name) : undefined;
    if (!service)
      return yield {
        path: "spec.serviceName",
        found: name ? `${name}, which is not declared in namespace ${workload.namespace}` : "not set",
        wanted: "a headless Service",
      };
    if (service.props.spec?.clusterIP !== "None")
      yield {
        path: "spec.serviceName",
        found: `${name}, clusterIP ${service.props.spec?.clusterIP ?? "not set"}`,
        wanted: "clusterIP None",
        related: [service],
      };
    else if (!selects(podSelector(service), workload.metadata.labels))
      yield {
        path: "spec.serviceName",
        found: `${name}, which selects ${describe(podSelector(service))}`,
        wanted: "these pods",
        related: [service],
      };
  },
});

export const ingressBackendExists = resourceRule<Ingress["props"]>()({
  id: "ingress-backend-exists",
  number: "K50",
  items: [13, 37],
  on: ["Ingress"],
  severity: "high",
  levels: everywhere,
  title: "Every route leads to a Service and a port that exist",
  why: "The route answers 503 or 404 for ever.",
  fix: `backend: { service: { name: service.metadata.name, port: { name: "http" } } }`,
  *across(ingress, { graph }) {
    for (const { backend, path, route } of backendsOf(ingress)) {
      if (backend.resource) continue;
      const { name, port } = target(backend);
      const service = graph.find<ServiceProps>("Service", ingress.namespace, name ?? "");
      if (!service)
        yield {
          path,
          found: `${route} → ${name ?? "(no name)"}, which is not declared in namespace ${ingress.namespace}`,
          wanted: "a declared Service",
        };
      else if (service.props.spec?.type !== "ExternalName" && !servicePort(service, port) && port !== "use-annotation")
        yield { path, found: `${route} → ${name}:${port}`, wanted: `port ${ports(service)}`, related: [service] };
    }
  },
});

const ports = ({ props }: Service): string =>
  (props.spec?.ports ?? []).map(({ name, port }) => (name ? `${name} (${port})` : `${port}`)).join(", ") ||
  "(the Service has none)";

export const portChain = resourceRule<ServiceProps>()({
  id: "port-chain",
  number: "X18",
  items: [13, 37],
  on: SERVICE,
  severity: "critical",
  levels: everywhere,
  title: "The way from Service to container port is whole",
  why: "One wrong number or name in the chain and every request is refused.",
  fix: `ports: [{ name: "http", port: 80, targetPort: "http" }] // and a container port named http`,
  *across(service, { graph }) {
    if (!selectsByDesign(service)) return notApplicable;
    for (const workload of backing(graph, service)) {
      for (const [index, port] of (service.props.spec?.ports ?? []).entries()) {
        const wanted = targetOf(port);
        if (!reaches(workload, wanted))
          yield {
            path: `spec.ports[${index}].targetPort`,
            found: `${port.name ?? port.port} → ${wanted}, which ${workload.kind} ${workload.name} does not declare`,
            wanted: portsOf(workload),
            related: [workload.resource],
          };
      }
    }
  },
});

export const routeReachesPort = resourceRule<(VirtualService | HttpRoute)["props"]>()({
  id: "route-reaches-port",
  number: "C11",
  items: [13, 37],
  on: ["VirtualService", "HTTPRoute"],
  severity: "critical",
  levels: everywhere,
  title: "Every mesh and gateway route leads to a Service and a port that exist",
  why: "The route answers 503 for ever.",
  fix: `backendRefs: [{ name: service.metadata.name, port: 8080 }]`,
  *across(route, { graph }) {
    for (const { name, namespace, port, path } of destinations(route)) {
      const service = graph.find<ServiceProps>("Service", namespace, name);
      if (!service)
        yield { path, found: `${name}, which is not declared in namespace ${namespace}`, wanted: "a declared Service" };
      else if (port !== undefined && !servicePort(service, port))
        yield { path, found: `${name}:${port}`, wanted: `port ${ports(service)}`, related: [service] };
    }
  },
});

interface Destination {
  readonly name: string;
  readonly namespace: string;
  readonly port: number | undefined;
  readonly path: string;
}

function destinations(route: Resource): Destination[] {
  const { http } = (route as VirtualService).props.spec ?? {};
  const mesh = (http ?? []).flatMap(({ route: targets }, h) =>
    (targets ?? []).map(({ destination }, d) => ({
      ...meshHost(destination?.host ?? "", route.namespace),
      port: destination?.port?.number,
      path: `spec.http[${h}].route[${d}].destination`,
    })),
  );
  const { rules } = (route as HttpRoute).props.spec ?? {};
  const gateway = (rules ?? []).flatMap(({ backendRefs }, r) =>
    (backendRefs ?? []).flatMap(({ kind = "Service", name = "", namespace, port }, b) =>
      kind === "Service"
        ? [{ name, namespace: namespace ?? route.namespace, port, path: `spec.rules[${r}].backendRefs[${b}]` }]
        : [],
    ),
  );
  const inCluster = (host: Destination): boolean => route.kind === "HTTPRoute" || !/\.(?!svc)/.test(host.name);
  return [...mesh, ...gateway].filter(inCluster);
}

export const ingressTls = resourceRule<Ingress["props"]>()({
  id: "ingress-tls",
  number: "K51",
  items: [13],
  on: ["Ingress"],
  severity: "high",
  levels: inProduction,
  title: "The public entry speaks TLS",
  why: "Without TLS everybody on the way reads tokens and orders, and may change them.",
  fix: `spec: { tls: [{ hosts: ["shop.example.com"], secretName: "shop-tls" }] }`,
  *check({ props }) {
    if (!props.spec?.tls?.length) yield { path: "spec.tls", found: "none", wanted: "hosts and a certificate" };
  },
});
