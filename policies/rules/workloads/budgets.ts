import { evictions, isShare, spanOf, type Budget, type BudgetSpec } from "../../views/capacity.ts";
import type { Graph } from "../../resources/graph.ts";
import { podSelector } from "../../resources/graph.ts";
import type { Workload } from "../../resources/pods.ts";
import { advice, everywhere, inProduction, notApplicable, resourceRule, workloadRule } from "../../judging/rule.ts";

const PDB = ["PodDisruptionBudget"];
type BudgetProps = Budget["props"];
const FIX = `new k8s.policy.v1.PodDisruptionBudget("order", { spec: { maxUnavailable: 1, selector: { matchLabels: labels } } })`;

/** Workloads a budget is about; policy/v1 lets an empty selector choose everything, v1beta1 nothing. */
function covered(graph: Graph, budget: Budget): readonly Workload[] {
  const selector = podSelector(budget);
  const empty = !selector?.matchLabels && !selector?.matchExpressions?.length;
  return empty && budget.apiVersion.endsWith("v1beta1") ? [] : graph.matching(selector, budget.namespace);
}

export const budgetExists = workloadRule({
  id: "budget-exists",
  needsAll: true,
  number: "K36",
  items: [25],
  severity: "high",
  levels: inProduction,
  title: "Every replicated workload has a disruption budget",
  why: "Without one a drain may take all replicas at the same moment.",
  fix: FIX,
  *across(workload, { graph }) {
    const span = /^(Deployment|StatefulSet)$/.test(workload.kind) ? spanOf(graph, workload) : undefined;
    if (!span || span.ceiling === 0 || (span.ceiling === 1 && workload.spec.replicas !== undefined))
      return notApplicable;
    if (graph.selecting("PodDisruptionBudget", workload).length === 0)
      yield {
        path: "spec.template.metadata.labels",
        found: "no PodDisruptionBudget of its namespace selects these pods",
        wanted: "one",
      };
  },
});

export const budgetSaysSomething = resourceRule<BudgetProps>()({
  id: "budget-says-something",
  number: "K37",
  items: [25],
  on: PDB,
  severity: "high",
  levels: everywhere,
  title: "A disruption budget states how much may be disrupted",
  why: "A budget without a number protects nothing.",
  fix: FIX,
  *check({ props }) {
    const { minAvailable, maxUnavailable } = props.spec ?? {};
    if ((minAvailable ?? maxUnavailable ?? undefined) === undefined)
      yield { path: "spec", found: "neither minAvailable nor maxUnavailable", wanted: "one of them" };
    for (const [name, value] of Object.entries({ minAvailable, maxUnavailable }))
      if (value !== undefined && value !== null && !isShare(value))
        yield { path: `spec.${name}`, found: JSON.stringify(value), wanted: "a whole number or a percentage" };
  },
});

export const budgetAllowsEviction = resourceRule<BudgetProps>()({
  id: "budget-allows-eviction",
  number: "K38",
  items: [25],
  on: PDB,
  severity: "high",
  levels: everywhere,
  title: "A disruption budget lets at least one pod go",
  why: "A budget that lets nothing go blocks every node drain: upgrades hang until somebody deletes the budget.",
  fix: FIX,
  *across(budget, { graph }) {
    const spec = budget.props.spec ?? {};
    const never = blocksAlways(spec);
    if (never)
      yield {
        path: never.path,
        found: never.found,
        wanted: "at least one pod may go",
        related: covered(graph, budget).map(({ resource }) => resource),
      };
  },
});

function blocksAlways({ minAvailable, maxUnavailable }: BudgetSpec): { path: string; found: string } | undefined {
  if (maxUnavailable === 0 || /^0+%?$/.test(String(maxUnavailable ?? "")))
    return { path: "spec.maxUnavailable", found: String(maxUnavailable) };
  const percent = /^(\d+)%$/.exec(String(minAvailable ?? ""));
  return percent && Number(percent[1]) >= 100 ? { path: "spec.minAvailable", found: String(minAvailable) } : undefined;
}

export const budgetBelowFloor = resourceRule<BudgetProps>()({
  id: "budget-below-floor",
  number: "K39",
  items: [25],
  on: PDB,
  severity: "high",
  levels: everywhere,
  title: "A disruption budget asks for no more pods than the autoscaler's floor",
  why: "At the lowest load the budget asks for more pods than there are, so no node can be drained.",
  fix: `spec: { maxUnavailable: 1 } // holds at every number of replicas`,
  *across(budget, { graph }) {
    const wanted = budget.props.spec?.minAvailable;
    if (wanted === undefined || wanted === null || String(wanted).endsWith("%")) return notApplicable;
    for (const workload of covered(graph, budget)) {
      const span = spanOf(graph, workload);
      if (span?.autoscaler && Number(wanted) > span.floor)
        yield {
          path: "spec.minAvailable",
          found: String(wanted),
          wanted: `<= ${span.floor}`,
          note: `${span.source} of ${workload.kind} ${workload.name} is ${span.floor}`,
          related: [workload.resource, span.autoscaler],
        };
    }
  },
});

export const budgetFreesBrokenPods = resourceRule<BudgetProps>()({
  id: "budget-frees-broken-pods",
  number: "K40",
  items: [25],
  on: PDB,
  severity: "low",
  levels: advice,
  title: "A disruption budget says what happens to pods that are not ready",
  why: "By default a pod that never becomes ready also blocks the drain of its node.",
  fix: `spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" }`,
  *check({ props }) {
    if (!props.spec?.unhealthyPodEvictionPolicy)
      yield {
        path: "spec.unhealthyPodEvictionPolicy",
        found: "not set (IfHealthyBudget by default)",
        wanted: "AlwaysAllow, or IfHealthyBudget on purpose",
      };
  },
});

export const drainAtFloor = resourceRule<BudgetProps>()({
  id: "drain-at-floor",
  number: "X02",
  items: [25],
  on: PDB,
  severity: "critical",
  levels: inProduction,
  title: "A node can be drained when the workload is at its floor",
  why: "Node drains hang, and with them every upgrade and every scale-down of the cluster.",
  fix: FIX,
  *across(budget, { graph }) {
    const spec = budget.props.spec ?? {};
    if (blocksAlways(spec)) return notApplicable; // budget-allows-eviction says so
    for (const workload of covered(graph, budget)) {
      const span = spanOf(graph, workload);
      const room = span && span.floor > 0 ? evictions(spec, span.floor) : undefined;
      if (!span || !room || (span.autoscaler && Number(spec.minAvailable) > span.floor)) continue; // budget-below-floor says so
      const related = [workload.resource, ...(span.autoscaler ? [span.autoscaler] : [])];
      const path = spec.minAvailable === undefined ? "spec.maxUnavailable" : "spec.minAvailable";
      if (room.allowed < 1)
        yield {
          path,
          found: `${span.source} ${span.floor}: ${room.sum} evictions`,
          wanted: ">= 1",
          note: `${workload.kind} ${workload.name}`,
          related,
        };
    }
  },
});

export const budgetProtects = resourceRule<BudgetProps>()({
  id: "budget-protects",
  number: "C05",
  items: [25],
  on: PDB,
  severity: "medium",
  levels: inProduction,
  title: "A disruption budget keeps at least one pod",
  why: "A budget that lets all pods of the floor go at once protects nothing.",
  fix: FIX,
  *across(budget, { graph }) {
    for (const workload of covered(graph, budget)) {
      const span = spanOf(graph, workload);
      const room = span && span.floor > 1 ? evictions(budget.props.spec ?? {}, span.floor) : undefined;
      if (span && room && room.allowed >= span.floor)
        yield {
          path: "spec",
          found: `${room.sum} evictions at ${span.source} ${span.floor}`,
          wanted: `< ${span.floor}`,
          related: [workload.resource],
        };
    }
  },
});

export const oneBudget = workloadRule({
  id: "one-budget",
  number: "X03",
  items: [25],
  severity: "critical",
  levels: everywhere,
  title: "Pods belong to one disruption budget at most",
  why: "With two budgets the eviction API answers with an error, so the pod can never be drained.",
  fix: FIX,
  *across(workload, { graph }) {
    const budgets = graph.selecting("PodDisruptionBudget", workload);
    if (budgets.length < 2) return;
    const names = budgets.map(({ name }) => name).join(", ");
    yield {
      path: `${workload.path.replace(/\.?spec$/, "")}.metadata.labels`.replace(/^\./, ""),
      found: `${budgets.length} budgets select these pods: ${names}`,
      wanted: "at most 1",
      related: budgets,
    };
  },
});
