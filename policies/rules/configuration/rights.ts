import { advice, everywhere, inProduction, notApplicable, resourceRule, type Problem } from "../../judging/rule.ts";
import type { Resource } from "../../resources/resource.ts";

interface Right {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}
interface RoleProps {
  readonly rules?: readonly Right[];
  readonly aggregationRule?: object;
}
interface BindingProps {
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly { readonly kind?: string; readonly name?: string }[];
}
const ROLES = ["Role", "ClusterRole"];
const BINDINGS = ["RoleBinding", "ClusterRoleBinding"];
const role = resourceRule<RoleProps>();
const binding = resourceRule<BindingProps>();

/** Roles that Kubernetes itself brings, and what it aggregates into them. */
function isBuiltIn({ name, metadata }: Resource): boolean {
  return name.startsWith("system:") || metadata.labels?.["kubernetes.io/bootstrapping"] !== undefined;
}

/** Rights of a role that allow some verbs on some resources of the core or of a group, all of them or one by its name. */
function* granting(resource: Resource<RoleProps>, resources: RegExp, verbs: RegExp, wanted: string): Iterable<Problem> {
  if (isBuiltIn(resource)) return;
  for (const [index, right] of (resource.props.rules ?? []).entries()) {
    const things = (right.resources ?? []).filter((one) => resources.test(one));
    const deeds = (right.verbs ?? []).filter((one) => one === "*" || verbs.test(one));
    if (things.length > 0 && deeds.length > 0 && !right.resourceNames?.length)
      yield { path: `rules[${index}]`, found: `${deeds.join(", ")} on ${things.join(", ")}`, wanted };
  }
}

export const rightsAreNamed = role({
  id: "rights-are-named",
  number: "K69",
  items: [27],
  on: ROLES,
  severity: "high",
  levels: inProduction,
  title: "A role names what it allows",
  why: "A star allows what nobody thought of, and every kind that is added to the cluster later.",
  fix: `rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] }]`,
  *check(resource) {
    if (isBuiltIn(resource) || resource.props.aggregationRule) return notApplicable;
    for (const [index, right] of (resource.props.rules ?? []).entries())
      for (const field of ["verbs", "resources", "nonResourceURLs"] as const)
        if (right[field]?.includes("*"))
          yield { path: `rules[${index}].${field}`, found: "*", wanted: "the names of what is needed" };
  },
});

export const noClusterAdmin = binding({
  id: "no-cluster-admin",
  number: "K70",
  items: [27],
  on: BINDINGS,
  severity: "critical",
  levels: inProduction,
  title: "Nothing that runs is an administrator of the cluster",
  why: "Whoever breaks into that workload owns every namespace, every Secret and every node.",
  fix: `roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "order" }`,
  *check(resource) {
    const { roleRef, subjects = [] } = resource.props;
    if (isBuiltIn(resource)) return notApplicable;
    const running = subjects.filter(({ kind }) => kind === "ServiceAccount");
    if (roleRef?.kind === "ClusterRole" && roleRef.name === "cluster-admin" && running.length > 0)
      yield {
        path: "roleRef.name",
        found: `cluster-admin for ${running.map(({ name }) => name).join(", ")}`,
        wanted: "a role with what is needed",
      };
  },
});

export const nobodyAnonymous = binding({
  id: "nobody-anonymous",
  number: "K71",
  items: [27],
  on: BINDINGS,
  severity: "critical",
  levels: everywhere,
  strict: true,
  title: "Whoever has not signed in has no rights",
  why: "Everybody who reaches the API server may do it, and nobody knows who did.",
  fix: `subjects: [{ kind: "ServiceAccount", name: "order", namespace }]`,
  *check(resource) {
    if (isBuiltIn(resource)) return notApplicable;
    for (const [index, { kind, name = "" }] of (resource.props.subjects ?? []).entries())
      if ((kind === "User" || kind === "Group") && /^system:(anonymous|unauthenticated)$/.test(name))
        yield { path: `subjects[${index}].name`, found: name, wanted: "somebody" };
  },
});

export const noExecRight = role({
  id: "no-exec-right",
  number: "K72",
  items: [27],
  on: ROLES,
  severity: "high",
  levels: inProduction,
  title: "No role opens a shell in other pods",
  why: "Exec, attach and port-forward give all that a pod has: its memory, its token, its network.",
  fix: `rules: [{ apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get", "list", "watch"] }]`,
  check: (resource) =>
    granting(
      resource,
      /^pods\/(exec|attach|portforward|\*|ephemeralcontainers)$/,
      /^(create|get|update|patch)$/,
      "none of them",
    ),
});

const readsSecrets = (resource: Resource<RoleProps>): Iterable<Problem> =>
  granting(resource, /^secrets$/, /^(get|list|watch)$/, "resourceNames, or no Secrets");

export const secretsNotReadable = role({
  id: "secrets-not-readable",
  number: "K73",
  items: [11, 27],
  on: ["ClusterRole"],
  severity: "high",
  levels: inProduction,
  title: "No role reads all Secrets of the cluster",
  why: "One workload with this right has the passwords of all the others, whatever their namespace.",
  fix: `kind: "Role", rules: [{ apiGroups: [""], resources: ["secrets"], resourceNames: ["order"], verbs: ["get"] }]`,
  check: readsSecrets,
});

export const secretsByName = role({
  id: "secrets-by-name",
  number: "K76",
  items: [11, 27],
  on: ["Role"],
  severity: "medium",
  levels: advice,
  title: "A role names the Secrets that it reads",
  why: "One workload with this right has the passwords of all the others of its namespace; entries that take certificates need it.",
  fix: `rules: [{ apiGroups: [""], resources: ["secrets"], resourceNames: ["order"], verbs: ["get"] }]`,
  check: readsSecrets,
});

export const noEscalation = role({
  id: "no-escalation",
  number: "K74",
  items: [27],
  on: ROLES,
  severity: "critical",
  levels: inProduction,
  title: "No role lets itself be made stronger",
  why: "Who may bind, escalate, impersonate or sign certificates and tokens has every right there is.",
  fix: `rules: [{ apiGroups: ["rbac.authorization.k8s.io"], resources: ["rolebindings"], verbs: ["get", "list"] }]`,
  *check(resource) {
    yield* granting(
      resource,
      /^(cluster)?roles$/,
      /^(bind|escalate|create|update|patch)$/,
      "neither bind nor escalate nor changes of roles",
    );
    yield* granting(resource, /^(cluster)?rolebindings$/, /^(create|update|patch)$/, "no changes of bindings");
    yield* granting(resource, /^(users|groups|serviceaccounts|userextras.*)$/, /^impersonate$/, "no impersonation");
    yield* granting(resource, /^serviceaccounts\/token$/, /^create$/, "no tokens for others");
    yield* granting(
      resource,
      /^certificatesigningrequests\/approval$|^signers$/,
      /^(update|patch|approve|sign)$/,
      "no signatures",
    );
  },
});

export const noNodeProxy = role({
  id: "no-node-proxy",
  number: "K75",
  items: [27],
  on: ROLES,
  severity: "high",
  levels: inProduction,
  title: "No role goes round the API server to the nodes, or changes what it admits",
  why: "Through the proxy of a node commands run in every pod of it; who changes admission changes every object that is made.",
  fix: `rules: [{ apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] }]`,
  *check(resource) {
    yield* granting(resource, /^nodes\/proxy$/, /^(get|create)$/, "nodes/metrics");
    yield* granting(
      resource,
      /^(mutating|validating)webhookconfigurations$/,
      /^(create|update|patch)$/,
      "no changes of admission",
    );
  },
});
