import { mariaDbStores, postgresStores, redisStores, type StorePlan } from "../model/plan/stores.ts";
import type { SystemPlan } from "../model/plan.ts";
import { nameInGateway, type Target } from "./counting.ts";
import { duration } from "./promql/duration.ts";
import type { View } from "./promql/selector.ts";
import type { Timing } from "./timing.ts";

/**
 * Where Kafka and the databases run: in pods of the system, or as services of a cloud. The cloud's brokers are scraped as
 * machines too; its databases show nothing to Prometheus, and the cloud's own alarms watch them.
 */
export type Stores = "pods" | "cloud";

/** What alerts are written for: one system, how hastily it is watched and where its stores are. */
export interface Scope {
  readonly plan: SystemPlan;
  readonly timing: Timing;
  readonly stores: Stores;
}

/** True where Prometheus can ask the system's database server. */
export function seesDatabase({ plan, stores }: Pick<Scope, "plan" | "stores">): boolean {
  return mariaDbStores(plan).length > 0 && stores === "pods";
}

/** What series of the public entry have for a service. */
export const GATEWAY_SERVICE = "gateway";

/** True where Prometheus can ask the system's PostgreSQL. */
export function seesPostgres({ plan, stores }: Pick<Scope, "plan" | "stores">): boolean {
  return postgresStores(plan).length > 0 && stores === "pods";
}

/** Every Redis of the system that Prometheus can ask. */
export function seenRedis({ plan, stores }: Pick<Scope, "plan" | "stores">): StorePlan[] {
  return stores === "pods" ? redisStores(plan) : [];
}

/** All series of the system, by service. */
export function viewOf({ plan, timing }: Scope, ...by: string[]): View {
  return { where: [`namespace="${plan.name}"`], window: duration(timing.rate), by: ["namespace", "service", ...by] };
}

/** Labels that a scrape of one service of the system gives every series; written as a selector for cases. */
export function example(
  metric: string,
  { plan }: Pick<Scope, "plan">,
  service: string,
  labels: Readonly<Record<string, string>> = {},
): string {
  const all = {
    namespace: plan.name,
    system: plan.name,
    service,
    pod: `${service}-1`,
    job: "services",
    instance: "10.0.0.1:9464",
    ...labels,
  };
  return `${metric}{${Object.entries(all)
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;
}

/** The same of a series that the gateway keeps of what a route leads to. */
export function routedExample(
  metric: string,
  scope: Pick<Scope, "plan">,
  target: Target,
  labels: Readonly<Record<string, string>>,
): string {
  const service = nameInGateway(scope.plan, target);
  return example(metric, scope, target.service, { job: "gateway", pod: "traefik-1", ...labels, service });
}
