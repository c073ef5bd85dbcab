import type { Owner } from "../components/manifests/metadata.ts";
import { type SystemPlan, planSystem } from "../model/plan.ts";
import type { WorkloadPlan } from "../model/plan/workload.ts";
import type { Stage } from "../model/stage.ts";
import { defineSystem } from "../model/system.ts";

/** The smallest system that has one of everything: a call, an event, a database, a volume, a route. */
export const shop = defineSystem({
  name: "shop",
  purpose: "Sells things",
  owner: "shop-team",
  correlationKey: "orderId",
  stores: { "order-db": { kind: "mariadb", keeps: "every write", database: "order" } },
  services: {
    order: {
      purpose: "Takes orders",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "300ms" } },
      calls: { "card-check": { reason: "no order without a card", onFailure: "reject", transactional: true } },
      publishes: ["Ordered"],
      uses: { "order-db": { may: "write" } },
      routes: [
        { path: "/orders", access: "anyone" },
        { path: "GET /orders/report", access: "anyone" },
      ],
    },
    "card-check": { purpose: "Looks at cards", tier: "standard", slo: { declined: "watched through order" } },
    printer: {
      purpose: "Prints labels",
      tier: "standard",
      slo: { declined: "nobody waits for it" },
      consumes: ["Ordered"],
      folder: { size: "1Gi", path: "/var/labels", keeps: "last hour" },
    },
  },
  events: { Ordered: { data: { properties: { orderId: {}, total: {} } }, undoneBy: { declined: "an example" } } },
  entry: { rateLimit: { perSecond: 20, burst: 40 }, maxBody: "64Ki" },
});

/** The example, planned. */
export function shopPlan(stage: Stage = "dev"): SystemPlan {
  return planSystem(shop, stage);
}

/** One workload of the example, planned. */
export function workloadOf(name: keyof typeof shop.services, stage: Stage = "dev"): WorkloadPlan {
  const workload = shopPlan(stage).workloads.find((candidate) => candidate.name === name);
  if (!workload) throw new Error(`the shop has no ${name}`);
  return workload;
}

/** Owner of the objects of one service of the example. */
export function serviceAt(name: string): Owner {
  return { namespace: "shop", system: "shop", name, component: "service", team: "shop-team" };
}
