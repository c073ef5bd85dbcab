import { METRICS } from "../../metrics.ts";
import { running } from "../../programs.ts";
import { steady, type InputSeries, type Proof } from "../../proof.ts";
import type { Scope } from "../../scope.ts";

/** A selector of a series of a Deployment. */
type Of = (metric: string, labels?: Record<string, string>) => string;

/** Series of one Deployment with the label series that names its service. */
export function deploymentSeries(
  { plan }: Pick<Scope, "plan">,
  service: string,
  series: (of: Of) => InputSeries[],
): InputSeries[] {
  const of: Of = (metric, labels = {}) =>
    `${metric}{${Object.entries({ namespace: plan.name, deployment: `${service}-1a2b3c4d`, ...labels })
      .map(([name, value]) => `${name}="${value}"`)
      .join(",")}}`;
  return [steady(of(METRICS.deploymentLabels.name, { service, system: plan.name }), 1), ...series(of)];
}

/** How a figure of one Deployment is brought about. */
export function deploymentProof(scope: Scope, series: (of: Of, value: number) => InputSeries[]): Proof {
  const { plan } = scope;
  const service = running(plan)[0]?.name ?? "";
  return {
    series: (value) => deploymentSeries(scope, service, (of) => series(of, value)),
    labels: { namespace: plan.name, service },
    settles: 0,
    firing: 1,
    silent: 0,
  };
}
