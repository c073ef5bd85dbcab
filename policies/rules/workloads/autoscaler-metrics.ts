import { autoscalersOf, utilisation, type Autoscaler } from "../../views/capacity.ts";
import type { Resource } from "../../resources/resource.ts";
import { defaultOf } from "../../views/requests.ts";
import { longRunning } from "../../resources/pods.ts";
import { everywhere, notApplicable, resourceRule } from "../../judging/rule.ts";

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
      if (defaultOf(graph, workload.namespace, metric, "requests") !== undefined) continue;
      for (const { container, path } of longRunning(workload)) {
        if (only !== undefined && container.name !== only) continue;
        if (container.resources?.requests?.[metric] ?? container.resources?.limits?.[metric]) continue;
        yield {
          path: autoscaler.kind === "ScaledObject" ? "spec.triggers" : "spec.metrics",
          found: `${metric} utilisation, but container "${container.name ?? ""}" of ${kind} ${name} requests no ${metric}`,
          wanted: `${path}.resources.requests.${metric}`,
          related: [workload.resource],
        };
      }
    }
  },
});

interface VerticalProps {
  readonly spec?: {
    readonly targetRef?: { readonly kind?: string; readonly name?: string };
    readonly updatePolicy?: { readonly updateMode?: string };
    readonly resourcePolicy?: {
      readonly containerPolicies?: readonly {
        readonly mode?: string;
        readonly controlledResources?: readonly string[];
      }[];
    };
  };
}

export const scalersAgree = resourceRule<VerticalProps>()({
  id: "scalers-agree",
  number: "X30",
  items: [4],
  on: ["VerticalPodAutoscaler"],
  severity: "high",
  levels: everywhere,
  title: "No two autoscalers act on the same resource of one workload",
  why: "The vertical one changes the request of which the horizontal one takes a share: each undoes the other without end.",
  fix: `resourcePolicy: { containerPolicies: [{ containerName: "*", controlledResources: ["memory"] }] } // or updateMode "Off"`,
  *across(vertical, { graph }) {
    const { kind = "Deployment", name = "" } = vertical.props.spec?.targetRef ?? {};
    const workload = graph.workloadNamed(kind, vertical.namespace, name);
    if (!workload || vertical.props.spec?.updatePolicy?.updateMode === "Off") return notApplicable;
    const changed = controlled(vertical);
    for (const horizontal of autoscalersOf(graph, workload)) {
      const both = [...new Set(utilisation(horizontal).map(({ metric }) => metric))].filter((one) => changed.has(one));
      if (both.length > 0)
        yield {
          path: "spec.updatePolicy.updateMode",
          found: `changes ${both.join(" and ")}, of which ${horizontal.kind} ${horizontal.name} takes a share`,
          wanted: `"Off", or controlledResources without ${both.join(" and ")}`,
          related: [horizontal, workload.resource],
        };
    }
  },
});

/** Resources whose requests it changes; both where nothing is said. */
function controlled({ props }: Resource<VerticalProps>): ReadonlySet<string> {
  const policies = props.spec?.resourcePolicy?.containerPolicies ?? [{}];
  return new Set(
    policies.flatMap(({ mode, controlledResources }) =>
      mode === "Off" ? [] : (controlledResources ?? ["cpu", "memory"]),
    ),
  );
}
