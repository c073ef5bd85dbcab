import { parseQuantity } from "../../../model/quantity.ts";
import { inProduction, notApplicable, resourceRule } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Quantities } from "../../resources/kubernetes.ts";
import type { Workload } from "../../resources/pods.ts";
import { spanOf, surge } from "../../views/capacity.ts";
import { readable, requested } from "../../views/requests.ts";

interface QuotaProps {
  readonly spec?: { readonly hard?: Quantities; readonly scopes?: readonly string[]; readonly scopeSelector?: object };
}

export const quotaHeadroom = resourceRule<QuotaProps>()({
  id: "quota-headroom",
  number: "X14",
  items: [4, 21],
  on: ["ResourceQuota"],
  severity: "high",
  levels: inProduction,
  title: "The quota of a namespace holds all workloads at their peak, while they roll",
  why: "At the peak the quota refuses the pods that were meant to carry it, and a rollout stands still.",
  fix: `spec: { hard: { "requests.cpu": "4", "requests.memory": "8Gi", pods: "60" } }`,
  *across(quota, { graph }) {
    if (quota.props.spec?.scopes?.length || quota.props.spec?.scopeSelector) return notApplicable;
    const here = graph.workloads
      .filter(({ namespace }) => namespace === quota.namespace)
      .flatMap((workload) => {
        const span = spanOf(graph, workload);
        return span ? [{ workload, pods: span.ceiling + surge(workload, span.ceiling) }] : [];
      });
    for (const [name, hard] of Object.entries(quota.props.spec?.hard ?? {})) {
      const needed = here.reduce((sum, { workload, pods }) => sum + pods * perPod(graph, workload, name), 0);
      const allowed = parseQuantity(hard);
      if (allowed === undefined || needed <= allowed + 1e-9) continue;
      yield {
        path: `spec.hard["${name}"]`,
        found: String(hard),
        wanted: `>= ${readable(name, needed)}`,
        note: here
          .map(
            ({ workload, pods }) => `${workload.name} ${pods} pods × ${readable(name, perPod(graph, workload, name))}`,
          )
          .join(" + "),
        related: here.map(({ workload }) => workload.resource),
      };
    }
  },
});

function perPod(graph: Graph, workload: Workload, name: string): number {
  if (name === "pods" || name === "count/pods") return 1;
  const [, bound, what] = /^(requests|limits)\.(cpu|memory|ephemeral-storage)$/.exec(name) ?? [];
  if (what) return requested(graph, workload, what, bound === "limits" ? "limits" : "requests");
  return name === "cpu" || name === "memory" ? requested(graph, workload, name) : 0;
}
