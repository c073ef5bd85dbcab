import type { SystemPlan } from "../model/plan.ts";
import { duration } from "./promql/duration.ts";
import type { View } from "./promql/selector.ts";
import type { Timing } from "./timing.ts";

/** What alerts are written for: one system with its timing, or the cluster under all systems. */
export interface Scope {
  readonly plan: SystemPlan;
  readonly timing: Timing;
}

/** All series of the system, by service. */
export function viewOf({ plan, timing }: Scope, ...by: string[]): View {
  return { where: [`namespace="${plan.name}"`], window: duration(timing.rate), by: ["namespace", "service", ...by] };
}

/** Labels that a scrape of one service of the system gives every series; written as a selector for cases. */
export function example(metric: string, { plan }: Scope, service: string, labels: Readonly<Record<string, string>> = {}): string {
  const all = { namespace: plan.name, system: plan.name, service, pod: `${service}-1`, job: "services", instance: "10.0.0.1:9464", ...labels };
  return `${metric}{${Object.entries(all).map(([name, value]) => `${name}="${value}"`).join(",")}}`;
}
