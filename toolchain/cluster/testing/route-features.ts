import { readdirSync, readFileSync } from "node:fs";
import { loadAll } from "js-yaml";

interface Rule {
  readonly matches?: readonly { readonly method?: string; readonly queryParams?: object }[];
  readonly filters?: readonly { readonly type: string; readonly urlRewrite?: { path?: object; hostname?: string } }[];
  readonly timeouts?: { readonly request?: string; readonly backendRequest?: string };
  readonly retry?: object;
  readonly sessionPersistence?: object;
}
interface Recorded {
  readonly inputs?: { readonly kind?: string; readonly spec?: { readonly rules?: readonly Rule[] } };
}

/** What the Gateway API (1.4) calls each field of a route that a controller need not know, and whether a rule has it. */
const OPTIONAL: Readonly<Record<string, (rule: Rule) => unknown>> = {
  HTTPRouteMethodMatching: ({ matches }) => matches?.some(({ method }) => method),
  HTTPRouteQueryParamMatching: ({ matches }) => matches?.some(({ queryParams }) => queryParams),
  HTTPRoutePathRewrite: ({ filters }) => filters?.some(({ urlRewrite }) => urlRewrite?.path),
  HTTPRouteHostRewrite: ({ filters }) => filters?.some(({ urlRewrite }) => urlRewrite?.hostname),
  HTTPRouteResponseHeaderModification: ({ filters }) => filters?.some(({ type }) => type === "ResponseHeaderModifier"),
  HTTPRouteRequestMirror: ({ filters }) => filters?.some(({ type }) => type === "RequestMirror"),
  HTTPRouteCORS: ({ filters }) => filters?.some(({ type }) => type === "CORS"),
  HTTPRouteRequestTimeout: ({ timeouts }) => timeouts?.request,
  HTTPRouteBackendTimeout: ({ timeouts }) => timeouts?.backendRequest,
  HTTPRouteRetry: ({ retry }) => retry,
  HTTPRouteSessionPersistence: ({ sessionPersistence }) => sessionPersistence,
};

/** The optional features that the recorded routes of all systems need of their controller. */
export function featuresAsked(): string[] {
  const rules = recordedRules();
  return Object.entries(OPTIONAL).flatMap(([feature, has]) => (rules.some(has) ? [feature] : []));
}

function recordedRules(): Rule[] {
  const folder = new URL("../../../test/golden/", import.meta.url);
  return readdirSync(folder)
    .flatMap((file) => loadAll(readFileSync(new URL(file, folder), "utf8")) as Recorded[])
    .flatMap((resource) => (resource?.inputs?.kind === "HTTPRoute" ? (resource.inputs.spec?.rules ?? []) : []));
}
