import { own } from "../../../model/harmless/own.ts";
import { everywhere, limit, notApplicable, resourceRule } from "../../judging/rule.ts";
import { property, type Resource } from "../../resources/resource.ts";
import { apiOf, isBuiltIn, isServed, servedVersions } from "../../served/apis.ts";

const release = limit("release of Kubernetes that must serve it, as the number behind 1.", 34);

export const servedApi = resourceRule<object>()({
  id: "served-api",
  number: "K57",
  items: [36],
  on: ["*"],
  severity: "high",
  levels: everywhere,
  title: "Every object uses an API version that clusters still serve",
  why: "After the next upgrade of the cluster the object can be neither created nor changed.",
  fix: `apiVersion: "networking.k8s.io/v1" // for an Ingress`,
  limits: { release },
  *check(resource, { limit: { release: ours } }) {
    const { apiVersion, kind } = declared(resource);
    const api = apiOf(apiVersion, kind);
    if (!api) return notApplicable; // of another's group, of which nobody here knows what is served
    const [best = ""] = servedVersions(kind, ours).filter((other) => sameName(other, apiVersion));
    const finished = best !== apiVersion && best !== "" && !/alpha|beta/.test(best);
    if (isServed(api, ours) && !(finished && /alpha|beta/.test(apiVersion))) return;
    const gone = (api.removed ?? Infinity) <= ours ? `removed in 1.${api.removed}` : "";
    const coming = (api.since ?? 0) > ours ? `served as of 1.${api.since}` : "";
    const when = gone || coming;
    yield {
      path: kind === "PodSecurityPolicy" ? "kind" : "apiVersion",
      found: `${apiVersion} ${kind}${when ? `, ${when}` : ""}`,
      wanted: own(REPLACED_BY, kind) ?? (best || `nothing: Kubernetes 1.${ours} has no ${kind}`),
    };
  },
});

const REPLACED_BY: Readonly<Record<string, string>> = {
  PodSecurityPolicy: "Pod Security labels of the Namespace",
};

/** Kinds of one name in two groups are one kind that moved, except for events, which both groups serve. */
function sameName(one: string, other: string): boolean {
  return one.split("/")[0] === other.split("/")[0] || /^(apps|extensions|policy|networking)/.test(one);
}

function declared(resource: Resource): { readonly apiVersion: string; readonly kind: string } {
  return {
    apiVersion: String(property(resource, "apiVersion") ?? resource.apiVersion),
    kind: String(property(resource, "kind") ?? resource.kind),
  };
}

export const kindInGroup = resourceRule<object>()({
  id: "kind-in-group",
  number: "K65",
  items: [37],
  on: ["*"],
  severity: "critical",
  levels: everywhere,
  title: "Every kind stands in a group that has it",
  why: "No cluster knows the object, so nothing of it is created, and no rule can judge it.",
  fix: `apiVersion: "apps/v1", kind: "Deployment"`,
  limits: { release },
  *check(resource, { limit: { release: ours } }) {
    const { apiVersion, kind } = declared(resource);
    if (apiVersion === "" || !isBuiltIn(apiVersion) || /List$/.test(kind)) return notApplicable;
    if (apiOf(apiVersion, kind)) return;
    const versions = servedVersions(kind, ours);
    yield {
      path: "apiVersion",
      found: `${apiVersion} ${kind}, which does not exist`,
      wanted: versions.join(" or ") || "a group and a kind that exist together",
    };
  },
});
