import type { Config } from "../../views/config-refs.ts";
import type { Graph } from "../../resources/graph.ts";
import { intents } from "../../views/intent.ts";
import type { Resource } from "../../resources/resource.ts";
import { backendsOf, target, type HttpRoute, type Ingress } from "../../views/routes.ts";
import { everywhere, inProduction, limit, notApplicable, resourceRule, stackRule } from "../../judging/rule.ts";
import type { Service } from "../../views/services.ts";

interface GatewayProps {
  readonly spec?: {
    readonly listeners?: readonly { readonly name?: string; readonly protocol?: string; readonly port?: number }[];
  };
}
interface MiddlewareProps {
  readonly spec?: { readonly rateLimit?: { readonly average?: number; readonly burst?: number } };
}
interface Filter {
  readonly type?: string;
  readonly extensionRef?: { readonly name?: string };
}
const config = resourceRule<Config["props"]>();

export const limitsMakeSense = config({
  id: "limits-make-sense",
  number: "C55",
  items: [3],
  on: ["ConfigMap"],
  severity: "medium",
  levels: everywhere,
  title: "The rate limit of the entry is a limit",
  why: "A limit of zero closes the shop, a burst below the rate refuses what is allowed, and without a key one client uses it up for all.",
  fix: `data: { RATE_LIMIT_RPS: "20", RATE_LIMIT_BURST: "40", RATE_LIMIT_KEY: "client" }`,
  *check({ props }) {
    const {
      RATE_LIMIT_RPS: rate,
      RATE_LIMIT_BURST: burst,
      RATE_LIMIT_KEY: by,
    } = (props.data ?? {}) as Readonly<Record<string, string>>;
    if (rate === undefined && burst === undefined && by === undefined) return notApplicable;
    if (!(Number(rate) > 0)) yield { path: "data.RATE_LIMIT_RPS", found: rate ?? "not set", wanted: "> 0" };
    if (!(Number(burst) >= Number(rate)))
      yield { path: "data.RATE_LIMIT_BURST", found: burst ?? "not set", wanted: `>= RATE_LIMIT_RPS, ${rate}` };
    if (by !== "client" && by !== "token")
      yield { path: "data.RATE_LIMIT_KEY", found: by ?? "not set", wanted: "client or token" };
  },
});

export const routesAreLimited = resourceRule<HttpRoute["props"]>()({
  id: "routes-are-limited",
  number: "C56",
  items: [3],
  on: ["HTTPRoute"],
  severity: "high",
  levels: inProduction,
  title: "Every public route has a rate limit",
  why: "One client in a loop takes the whole system from all others.",
  fix: `filters: [{ type: "ExtensionRef", extensionRef: { group: "traefik.io", kind: "Middleware", name: rateLimit.metadata.name } }]`,
  *across(route, { graph }) {
    const limiters = graph.once(
      "rate limiters",
      () =>
        new Set(
          graph.resources
            .filter(
              ({ kind, props }) =>
                /Middleware$|RateLimit|BackendTrafficPolicy$/.test(kind) &&
                (kind.endsWith("Middleware") ? (props as MiddlewareProps).spec?.rateLimit !== undefined : true),
            )
            .map(({ namespace, name }) => `${namespace}/${name}`),
        ),
    );
    const firewall = graph.of("aws:wafv2/webAclAssociation:WebAclAssociation").length > 0; // limits at the load balancer
    for (const [index, { filters = [], matches }] of (route.props.spec?.rules ?? []).entries()) {
      if (
        (matches ?? []).length > 0 &&
        (matches ?? []).every(({ path }) => /^\/(healthz?|ready|live)/.test(path?.value ?? ""))
      )
        continue;
      const limited = (filters as readonly Filter[]).some(({ extensionRef }) =>
        limiters.has(`${route.namespace}/${extensionRef?.name}`),
      );
      if (!limited && !firewall)
        yield {
          path: `spec.rules[${index}].filters`,
          found: filters.length ? "no filter that limits" : "none",
          wanted: "a rate limit",
        };
    }
  },
});

export const oneEntry = stackRule({
  id: "one-entry",
  number: "C57",
  items: [13],
  severity: "high",
  levels: inProduction,
  title: "A system has one public entry",
  why: "Every further entry has its own limits, its own certificate and its own way round authentication.",
  fix: `spec: { type: "ClusterIP" } // and a route of the gateway`,
  *across(graph: Graph) {
    const open = [
      ...graph.of<Service["props"]>("Service").filter(({ props }) => props.spec?.type === "LoadBalancer"),
      ...graph.of<Ingress["props"]>("Ingress"),
      ...graph.of<GatewayProps>("Gateway"),
    ];
    if (open.length === 0) return notApplicable;
    for (const [namespace, entries] of Map.groupBy<string, Resource>(open, (entry) => entry.namespace)) {
      const ingresses = entries.filter(({ kind }) => kind === "Ingress");
      const groups = new Set(
        ingresses.map(({ metadata }) => metadata.annotations?.["alb.ingress.kubernetes.io/group.name"] ?? ""),
      );
      const doors = entries.length - ingresses.length + (ingresses.length > 0 ? groups.size : 0); // Ingresses of one controller share its address
      const [first, second] = entries;
      if (doors > 1 && first && second)
        yield {
          path: "spec",
          found: `${entries.map(({ kind, name }) => `${kind} ${name}`).join(", ")} in namespace ${namespace}`,
          wanted: "one",
          on: second,
          related: entries,
        };
    }
  },
});

export const entrySpeaksTls = resourceRule<GatewayProps>()({
  id: "entry-speaks-tls",
  number: "C58",
  items: [13],
  on: ["Gateway"],
  severity: "high",
  levels: inProduction,
  title: "The gateway speaks TLS",
  why: "Without TLS everybody on the way reads tokens and orders, and may change them.",
  fix: `listeners: [{ name: "https", protocol: "HTTPS", port: 443, tls: { certificateRefs: [{ name: "shop-tls" }] } }]`,
  *across(gateway, { graph }) {
    const listeners = gateway.props.spec?.listeners ?? [];
    const atBalancer =
      graph
        .of<{ readonly protocol?: string; readonly certificateArn?: string }>("aws:lb/listener:Listener")
        .some(({ props }) => /^(HTTPS|TLS)$/.test(props.protocol ?? "")) ||
      [gateway, ...graph.of<Service["props"]>("Service")].some(
        ({ metadata }) => metadata.annotations?.["service.beta.kubernetes.io/aws-load-balancer-ssl-cert"] !== undefined,
      ) ||
      graph.resources.some(
        ({ kind, props }) =>
          /LoadBalancerConfiguration$/.test(kind) && JSON.stringify(Object.keys(props)).includes("spec"),
      );
    if (!listeners.some(({ protocol }) => protocol === "HTTPS" || protocol === "TLS") && !atBalancer)
      yield {
        path: "spec.listeners",
        found: listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(", ") || "none",
        wanted: "HTTPS, or TLS at the load balancer before it",
      };
  },
});

interface PublicPath {
  readonly path: string;
  readonly where: string;
  readonly resource: Resource;
  readonly type: string;
  readonly method: string;
}

function publicPaths(graph: Graph): PublicPath[] {
  const ingress = graph
    .of<Ingress["props"]>("Ingress")
    .flatMap((resource) =>
      (resource.props.spec?.rules ?? []).flatMap(({ host = "", http }, r) =>
        (http?.paths ?? []).map(({ path = "", pathType = "Prefix" }, p) => ({
          path: `${host}${path}`,
          where: `spec.rules[${r}].http.paths[${p}].path`,
          resource: resource as Resource,
          type: pathType,
          method: "",
        })),
      ),
    );
  const gateway = graph
    .of<HttpRoute["props"]>("HTTPRoute")
    .flatMap((resource) =>
      (resource.props.spec?.rules ?? []).flatMap(({ matches }, r) =>
        (matches ?? []).map((match, m) => ({
          path: `${resource.props.spec?.hostnames?.[0] ?? ""}${match.path?.value ?? "/"}`,
          where: `spec.rules[${r}].matches[${m}].path`,
          resource: resource as Resource,
          type: match.path?.type ?? "PathPrefix",
          method: String((match as { readonly method?: string }).method ?? ""),
        })),
      ),
    );
  return [...ingress, ...gateway];
}

export const routesAreDistinct = stackRule({
  id: "routes-are-distinct",
  number: "C59",
  items: [13],
  severity: "high",
  levels: everywhere,
  title: "No two routes claim the same path",
  why: "Which of the two gets the request depends on the age of an object: it changes with the next recreation.",
  fix: `paths: [{ path: "/orders", pathType: "Prefix", backend }, { path: "/payments", pathType: "Prefix", backend }]`,
  *across(graph: Graph) {
    const paths = publicPaths(graph);
    if (paths.length === 0) return notApplicable;
    const first = new Map<string, PublicPath>();
    for (const route of paths) {
      const key = `${route.resource.namespace} ${route.resource.kind} ${route.method} ${route.type} ${route.path.replace(/(.)\/$/, "$1")}`;
      const earlier = first.get(key);
      if (earlier)
        yield {
          path: route.where,
          found: `${route.path || "(empty)"}, as in ${earlier.resource.kind} ${earlier.resource.name} ${earlier.where}`,
          wanted: "another path",
          on: route.resource,
          related: [earlier.resource],
        };
      else first.set(key, route);
    }
  },
});

const FAULTS = /\/(faults?|chaos|callMemleak|callmemleak|debug|actuator)(\/|$)/;

export const faultsStayInside = stackRule({
  id: "faults-stay-inside",
  number: "C60",
  items: [34],
  severity: "critical",
  levels: everywhere,
  strict: true,
  title: "No public route leads to fault injection or to insight into the process",
  why: "Whoever finds the path can break the service, or read its memory.",
  fix: `paths: [{ path: "/orders", pathType: "Prefix", backend }] // and none for /faults or /actuator`,
  *across(graph: Graph) {
    const paths = publicPaths(graph);
    if (paths.length === 0) return notApplicable;
    for (const { path, where, resource } of paths)
      if (FAULTS.test(path) && !/\/actuator\/health(\/|$)/.test(path))
        yield { path: where, found: path, wanted: "no such route", on: resource };
  },
});

export const faultsAreOff = config({
  id: "faults-are-off",
  number: "C61",
  items: [34],
  on: ["ConfigMap"],
  severity: "critical",
  levels: inProduction,
  title: "Fault injection is switched off where customers are",
  why: "A service that can be told to fail will be.",
  fix: `data: { FAULTS_ENABLED: "false" }`,
  limits: { allowed: limit("whether faults may be on", false, false, true) },
  *check({ props }, { limit: { allowed } }) {
    const value = props.data?.["FAULTS_ENABLED"];
    if (value === undefined) return notApplicable;
    if (String(value) === "true" && !allowed) yield { path: "data.FAULTS_ENABLED", found: "true", wanted: "false" };
  },
});

export const corsIsClosed = config({
  id: "cors-is-closed",
  number: "C62",
  items: [13],
  on: ["ConfigMap"],
  severity: "high",
  levels: everywhere,
  title: "Other sites may not act with a visitor's credentials",
  why: "Any page that a customer opens could place orders in their name.",
  fix: `data: { CORS_ORIGINS: "https://shop.example.com", CORS_CREDENTIALS: "true" }`,
  *check({ props }) {
    const entries = Object.entries(props.data ?? {}).filter(([key]) => /CORS/i.test(key));
    if (entries.length === 0) return notApplicable;
    const anybody = entries.find(
      ([key, value]) =>
        /ORIGIN/i.test(key) &&
        String(value)
          .split(",")
          .some((one) => one.trim() === "*"),
    );
    const credentials = entries.some(([key, value]) => /CREDENTIALS/i.test(key) && /^(true|1)$/i.test(String(value)));
    if (anybody && credentials)
      yield {
        path: `data.${anybody[0]}`,
        found: `* together with credentials`,
        wanted: "the addresses of your own pages",
      };
  },
});

export const tokensAreChecked = config({
  id: "tokens-are-checked",
  number: "C63",
  items: [14],
  on: ["ConfigMap"],
  severity: "high",
  levels: everywhere,
  title: "Where tokens are checked, issuer, keys, audience and lifetime are stated",
  why: "A token of another issuer or for another audience opens the door; one without an end opens it for ever.",
  fix: `data: { OAUTH_ISSUER: "https://id.example.com", OAUTH_JWKS_URL: "http://oauth:8080/jwks", OAUTH_AUDIENCE: "shop", OAUTH_ACCESS_TTL_SECONDS: "900" }`,
  *check({ props }) {
    const entries = Object.entries(props.data ?? {});
    const of = (pattern: RegExp): [string, string] | undefined => entries.find(([key]) => pattern.test(key));
    const issuer = of(/(^|_)ISSUER(_URL)?$/);
    const jwks = of(/JWKS/);
    if (!issuer && !jwks) return notApplicable;
    for (const [name, found] of [
      ["issuer", issuer],
      ["JWKS URL", jwks],
      ["audience", of(/AUDIENCE/)],
    ] as const)
      if (!found?.[1]) yield { path: "data", found: `no ${name}`, wanted: "issuer, JWKS URL and audience" };
    const [access, refresh] = [of(/ACCESS.*(TTL|SECONDS)/), of(/REFRESH.*(TTL|SECONDS)/)].map((entry) =>
      entry ? Number(entry[1]) : undefined,
    );
    if (access !== undefined && !(access > 0 && access <= 3600))
      yield { path: `data.${of(/ACCESS.*(TTL|SECONDS)/)?.[0]}`, found: `${access} s`, wanted: "<= 3600 s" };
    if (access !== undefined && refresh !== undefined && refresh <= access)
      yield {
        path: `data.${of(/REFRESH.*(TTL|SECONDS)/)?.[0]}`,
        found: `${refresh} s`,
        wanted: `> ${access} s, the access token`,
      };
  },
});

export const declaredRoutesExist = stackRule({
  id: "declared-routes-exist",
  number: "C64",
  items: [13],
  severity: "high",
  levels: everywhere,
  title: "Every service with public paths is reached by a route",
  why: "A service without a route is running, healthy and unreachable.",
  fix: `rules: [{ matches: [{ path: { type: "PathPrefix", value: "/orders" } }], backendRefs: [{ name: "order", port: 8080 }] }]`,
  *across(graph: Graph) {
    const open = intents(graph).filter(({ routes }) => routes.length > 0);
    if (open.length === 0) return notApplicable;
    const routed = new Set([
      ...graph
        .of<HttpRoute["props"]>("HTTPRoute")
        .flatMap(({ props }) =>
          (props.spec?.rules ?? []).flatMap(({ backendRefs }) => (backendRefs ?? []).map(({ name }) => name)),
        ),
      ...graph
        .of<Ingress["props"]>("Ingress")
        .flatMap((ingress) => [...backendsOf(ingress)].map(({ backend }) => target(backend).name)),
    ]);
    for (const { name, routes, resource } of open)
      if (!routed.has(name))
        yield { path: "plan.routes", found: `no route leads to ${name}`, wanted: routes.join(", "), on: resource };
  },
});

const SQL_TRACE = /SHOW_SQL|SQL_LOG|LOG_SQL|SQL_TRACE|SQL_DEBUG/i;
const SCHEMA = /DDL_AUTO|HBM2DDL|AUTO_MIGRATE|SYNCHRONIZE_SCHEMA|SCHEMA_UPDATE/i;

export const quietInProduction = config({
  id: "quiet-in-production",
  number: "C65",
  items: [35],
  on: ["ConfigMap"],
  severity: "medium",
  levels: inProduction,
  title: "No debug logs, no SQL traces, no automatic change of tables",
  why: "Debug logs fill disks and show customers' data; automatic schema changes drop columns.",
  fix: `data: { LOG_LEVEL: "info" }`,
  *check({ props }) {
    const entries = Object.entries(props.data ?? {}).filter(
      ([key]) => /LOG_?LEVEL/i.test(key) || SQL_TRACE.test(key) || SCHEMA.test(key.replace(/[.-]/g, "_")),
    );
    if (entries.length === 0) return notApplicable;
    for (const [key, value] of entries) {
      if (/LOG_?LEVEL/i.test(key) && /^(debug|trace|all|silly|verbose)$/i.test(String(value)))
        yield { path: `data.${key}`, found: String(value), wanted: "info or above" };
      if (SQL_TRACE.test(key) && /^(true|1|on)$/i.test(String(value)))
        yield { path: `data.${key}`, found: String(value), wanted: "false" };
      if (SCHEMA.test(key.replace(/[.-]/g, "_")) && /^(update|create|create-drop|true|1|on)$/i.test(String(value)))
        yield { path: `data.${key}`, found: String(value), wanted: "none or validate, and a migration Job" };
    }
  },
});
