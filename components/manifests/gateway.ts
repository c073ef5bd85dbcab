import type { EntryPlan, RoutePlan } from "../../model/plan/edges/entry.ts";
import { ANNOTATION, IDENTITY_HEADERS } from "../../model/names.ts";
import type { Input } from "@pulumi/pulumi";
import type { EntryConnection } from "../platform.ts";
import { backend } from "./backend.ts";
import { type CustomObject, TRAEFIK } from "./custom-object.ts";
import { metadata, type Owner } from "./metadata.ts";

const GATEWAY_API = "gateway.networking.k8s.io";
const LISTENER = "http";
const OWN_LISTENER = "own-host";

/** Name of the object of each limit, of what takes identity headers away, and of what asks for a token with these scopes. */
export interface Filters extends Readonly<Record<"identity" | "rate" | "body" | "inflight", Input<string>>> {
  readonly signedIn: (scopes: readonly string[]) => Input<string>;
}

/** The one public entry of a system: routes of its own namespace only. Where several systems share an address, its own host name leads to it alone. */
export function gateway(owner: Owner, { gatewayClass, port, ownHost }: EntryConnection): CustomObject {
  const listener = { protocol: "HTTP", port, allowedRoutes: { namespaces: { from: "Same" } } };
  return {
    apiVersion: `${GATEWAY_API}/v1`,
    kind: "Gateway",
    metadata: metadata(owner),
    spec: {
      gatewayClassName: gatewayClass,
      listeners: [
        { name: LISTENER, ...listener },
        ...(ownHost === null ? [] : [{ name: OWN_LISTENER, hostname: ownHost, ...listener }]),
      ],
    },
  };
}

/** Takes from every request what only the inside may say: who the caller is. An empty value removes a header. */
export function withoutIdentity(owner: Owner): CustomObject {
  const names = IDENTITY_HEADERS.flatMap(spellings);
  return middleware(owner, { headers: { customRequestHeaders: Object.fromEntries(names.map((name) => [name, ""])) } });
}

/** Every way to write a name that WSGI, CGI or PHP takes for the same: "x-user_id" too. */
function spellings(name: string): string[] {
  const [first = "", ...rest] = name.split("-");
  return rest.reduce((begun, part) => begun.flatMap((one) => [`${one}-${part}`, `${one}_${part}`]), [first]);
}

/** An object of Traefik that routes name among their filters. */
export function middleware(owner: Owner, spec: object): CustomObject {
  return { apiVersion: `${TRAEFIK}/v1alpha1`, kind: "Middleware", metadata: metadata(owner), spec };
}

/**
 * The limits every public request passes, by name. Gateways count for themselves, so each lets its share pass; when load has
 * brought more of them than the fewest, a client gets so much more (on AWS at most three times what is promised).
 */
export function limits(
  owner: Owner,
  { rateLimit, maxBodyBytes }: EntryPlan,
  { proxies, gateways }: Pick<EntryConnection, "proxies" | "gateways">,
): Record<"rate" | "body" | "inflight", CustomObject> {
  const { perSecond } = rateLimit;
  const burst = Math.ceil(rateLimit.burst / gateways);
  const amount = Math.ceil((perSecond + rateLimit.burst) / gateways);
  const sourceCriterion = { ipStrategy: { depth: proxies } }; // the client's own address, not that of a proxy
  return {
    rate: middleware(owner, { rateLimit: { average: perSecond, period: `${gateways}s`, burst, sourceCriterion } }),
    body: middleware(owner, { buffering: { maxRequestBodyBytes: maxBodyBytes, memRequestBodyBytes: maxBodyBytes } }),
    // A client that opens everything at once and then waits costs memory, not requests a second.
    inflight: middleware(owner, { inFlightReq: { amount, sourceCriterion } }),
  };
}

/** The limits once more as plain settings: custom objects mean nothing to a reader that knows only Kubernetes. */
export function limitSettings({ rateLimit, maxBodyBytes }: EntryPlan): Record<string, string> {
  return {
    RATE_LIMIT_RPS: String(rateLimit.perSecond),
    RATE_LIMIT_BURST: String(rateLimit.burst),
    RATE_LIMIT_KEY: "client",
    MAX_BODY_BYTES: String(maxBodyBytes),
  };
}

/** Public paths of one service below one host name. */
export interface RouteGroup {
  readonly host: Input<string> | null;
  readonly routes: readonly RoutePlan[];
  /** Why those that ask nobody are meant to; null where nothing says so. */
  readonly open: string | null;
}

/** They as one object. A service has one balancer for each of its ports. */
export function httpRoute(
  owner: Owner,
  { host, routes, open }: RouteGroup,
  gatewayName: Input<string>,
  filters: Filters,
): CustomObject {
  return {
    apiVersion: `${GATEWAY_API}/v1`,
    kind: "HTTPRoute",
    metadata: { ...metadata(owner), ...(open === null ? {} : { annotations: { [ANNOTATION.open]: open } }) },
    spec: {
      ...(host === null ? {} : { hostnames: [host] }),
      parentRefs: [{ group: GATEWAY_API, kind: "Gateway", name: gatewayName }],
      rules: routes.flatMap((route) => [
        ...(route.closed.length > 0 ? [closing(route, filters)] : []),
        rule(route, filters),
      ]),
    },
  };
}

/** A path that no program knows: it answers there as it answers any wrong address. */
const NOWHERE = "/closed-to-the-public";

/** What a program shows for the platform alone stays closed where the public sees its root. */
function closing(route: RoutePlan, filters: Filters): object {
  return {
    ...rule(route, filters),
    matches: route.closed.map((value) => ({ path: { type: "PathPrefix", value } })),
    filters: [
      { type: "URLRewrite", urlRewrite: { path: { type: "ReplaceFullPath", replaceFullPath: NOWHERE } } },
      ...limited(route, filters),
    ],
  };
}

function rule(route: RoutePlan, filters: Filters): object {
  const { path, method } = route;
  return {
    matches: [{ path: { type: "PathPrefix", value: path }, ...(method === null ? {} : { method }) }],
    filters: [...rewritten(route), ...limited(route, filters)],
    backendRefs: [backend(route)],
  };
}

/**
 * The limit of a body reads it, and the answer, to their ends before it passes anything on: nothing that streams would get
 * through. Such routes go without it; the description says why they stay open, and gRPC has a limit of its own in the program.
 */
function limited({ protocol, timeoutMs, scopes }: RoutePlan, filters: Filters): object[] {
  const { identity, rate, body, inflight } = filters;
  const streams = protocol === "grpc" || timeoutMs === null;
  const asked = scopes === null ? [] : [filters.signedIn(scopes)]; // before anything of the request is kept
  return [identity, rate, ...asked, ...(streams ? [] : [body]), inflight].map((name) => ({
    type: "ExtensionRef",
    extensionRef: { group: TRAEFIK, kind: "Middleware", name },
  }));
}

/** What the program sees instead of the public path. */
function rewritten({ as }: RoutePlan): object[] {
  if (as === null) return [];
  return [{ type: "URLRewrite", urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: as } } }];
}
