import type { Autoscaler } from "../../views/capacity.ts";
import type { Graph } from "../../resources/graph.ts";
import type { Quantities } from "../../resources/kubernetes.ts";
import { longRunning } from "../../resources/pods.ts";
import { everywhere, notApplicable, resourceRule } from "../../judging/rule.ts";

interface LimitRangeProps {
  readonly spec?: {
    readonly limits?: readonly {
      readonly type?: string;
      readonly default?: Quantities;
      readonly defaultRequest?: Quantities;
    }[];
  };
}

export const metricHasRequest = resourceRule<Autoscaler["props"]>()({
  id: "metric-has-request",
  number: "X01",
  items: [4],
  on: ["HorizontalPodAutoscaler", "ScaledObject"],
  severity: "critical",
  levels: everywhere,
  title: "Every container under an autoscaler requests what it is scaled by",
  why: "Utilisation is a share of the request: without one the target stays unknown and nothing ever scales.",
  fix: `resources: { requests: { cpu: "100m" } } // in every container, sidecars too`,
  *across(autoscaler, { graph }) {
    const { kind = "Deployment", name = "" } = autoscaler.props.spec?.scaleTargetRef ?? {};
    const workload = graph.workloadNamed(kind, autoscaler.namespace, name);
    if (!workload) return notApplicable;
    for (const { metric, only } of utilisation(autoscaler)) {
      if (hasDefault(graph, workload.namespace, metric)) continue;
      for (const { container, path } of longRunning(workload)) {
        if (only !== undefined && container.name !== only) continue;
        if (container.resources?.requests?.[metric] ?? container.resources?.limits?.[metric]) continue;
        yield {
          path: "spec.metrics",
          found: `${metric} utilisation, but container "${container.name ?? ""}" of ${kind} ${name} requests no ${metric}`,
          wanted: `${path}.resources.requests.${metric}`,
          related: [workload.resource],
        };
      }
    }
  },
});

/** Metrics that are a share of a request, and the one container they are about, if it is one. */
function utilisation({ props }: Autoscaler): { metric: string; only?: string | undefined }[] {
  const spec = props.spec ?? {};
  const classic = spec.targetCPUUtilizationPercentage === undefined ? [] : [{ metric: "cpu" }];
  const metrics = (spec.metrics ?? []).flatMap(({ type, resource, containerResource }) => {
    if (type === "Resource" && resource?.target?.type !== "AverageValue") return [{ metric: resource?.name ?? "cpu" }];
    if (type === "ContainerResource" && containerResource?.target?.type !== "AverageValue")
      return [{ metric: containerResource?.name ?? "cpu", only: containerResource?.container }];
    return [];
  });
  return [...classic, ...metrics];
}

function hasDefault(graph: Graph, namespace: string, metric: string): boolean {
  return graph
    .of<LimitRangeProps>("LimitRange")
    .some(
      (range) =>
        range.namespace === namespace &&
        (range.props.spec?.limits ?? []).some(
          ({ type, default: bound, defaultRequest }) =>
            type === "Container" && (defaultRequest?.[metric] ?? bound?.[metric]) !== undefined,
        ),
    );
}
