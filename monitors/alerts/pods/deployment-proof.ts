import { METRICS } from "../../metrics.ts";
import { steady, type InputSeries, type Proof } from "../../proof.ts";
import type { Scope } from "../../scope.ts";

/** Series of one Deployment with the label series that names its service. */
export function deploymentProof(
  scope: Scope,
  series: (of: (metric: string, labels?: Record<string, string>) => string, value: number) => InputSeries[],
): Proof {
  const service = scope.plan.workloads[0]?.name ?? "";
  const of = (metric: string, labels: Record<string, string> = {}) =>
    `${metric}{${Object.entries({ namespace: scope.plan.name, deployment: `${service}-1a2b3c4d`, ...labels })
      .map(([name, value]) => `${name}="${value}"`)
      .join(",")}}`;
  const named = steady(of(METRICS.deploymentLabels.name, { service, system: scope.plan.name }), 1);
  return {
    series: (value) => [named, ...series(of, value)],
    labels: { namespace: scope.plan.name, service },
    settles: 0,
    firing: 1,
    silent: 0,
  };
}
