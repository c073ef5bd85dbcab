import { everywhere, inProduction, workloadRule } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Workload } from "../../resources/pods.ts";

interface ServiceAccountProps {
  readonly automountServiceAccountToken?: boolean;
}

const accountOf = ({ pod }: Workload): string => pod.serviceAccountName || pod.serviceAccount || "default";

interface BindingProps {
  readonly subjects?: readonly { readonly kind?: string; readonly name?: string; readonly namespace?: string }[];
}

/** True when a declared binding gives rights to the account of a workload. */
function hasRights(graph: Graph, workload: Workload): boolean {
  const account = accountOf(workload);
  const bound = graph.once(
    "accounts with rights",
    () =>
      new Set(
        [...graph.of<BindingProps>("RoleBinding"), ...graph.of<BindingProps>("ClusterRoleBinding")].flatMap((binding) =>
          (binding.props.subjects ?? []).map(({ name, namespace }) => `${namespace ?? binding.namespace}/${name}`),
        ),
      ),
  );
  return account !== "default" && bound.has(`${workload.namespace}/${account}`);
}

export const tokenNotMounted = workloadRule({
  id: "token-not-mounted",
  number: "K10",
  items: [27],
  severity: "medium",
  levels: everywhere,
  title: "Pods get no token for the Kubernetes API unless they need one",
  why: "With the token, whoever breaks into one service can ask the API server for more.",
  fix: `automountServiceAccountToken: false`,
  *across(workload, { graph }) {
    const ofPod = workload.pod.automountServiceAccountToken;
    const account = graph.find<ServiceAccountProps>("ServiceAccount", workload.namespace, accountOf(workload));
    if ((ofPod ?? account?.props.automountServiceAccountToken) === false) return;
    if (hasRights(graph, workload)) return; // it needs the API, and somebody decided for what
    yield {
      path: `${workload.path}.automountServiceAccountToken`,
      found: ofPod === undefined ? "not set on pod or ServiceAccount (true by default)" : String(ofPod),
      wanted: "false",
    };
  },
});

export const serviceAccountNamed = workloadRule({
  id: "service-account-named",
  number: "K11",
  items: [27],
  severity: "low",
  levels: inProduction,
  title: "Every workload runs under its own service account",
  why: "Under `default`, a right given to one workload is given to all of the namespace.",
  fix: `serviceAccountName: "order"`,
  *check(workload) {
    if (accountOf(workload) === "default")
      yield {
        path: `${workload.path}.serviceAccountName`,
        found: workload.pod.serviceAccountName || "not set",
        wanted: "a name other than default",
      };
  },
});

export const serviceAccountExists = workloadRule({
  id: "service-account-exists",
  needsAll: true,
  number: "K12",
  items: [37],
  severity: "high",
  levels: everywhere,
  title: "The service account that a pod names exists",
  why: "Without it no pod can be created: the next rollout or restart stays at zero.",
  fix: `new k8s.core.v1.ServiceAccount("order", { metadata: { name: "order", namespace } })`,
  *across(workload, { graph, facts }) {
    const name = accountOf(workload);
    if (name === "default" || graph.find("ServiceAccount", workload.namespace, name)) return;
    if (facts.existing?.includes(`${workload.namespace}/${name}`)) return;
    yield {
      path: `${workload.path}.serviceAccountName`,
      found: `${name}, which is not declared in namespace ${workload.namespace}`,
      wanted: declared(
        graph
          .of("ServiceAccount")
          .filter((account) => account.namespace === workload.namespace)
          .map((account) => account.name),
      ),
    };
  },
});

function declared(names: readonly string[]): string {
  return names.length ? `one of ${names.slice(0, 5).join(", ")}` : "a declared ServiceAccount";
}
