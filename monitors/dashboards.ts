import type { SystemPlan } from "../model/plan.ts";
import { clusterDashboard } from "./dashboards/cluster.ts";
import type { Dashboard } from "./dashboards/dashboard.ts";
import { objectivesDashboard } from "./dashboards/objectives.ts";
import { serviceDashboard } from "./dashboards/service.ts";
import { databaseDashboard } from "./dashboards/database.ts";
import { kafkaDashboard } from "./dashboards/kafka.ts";
import { serviceObjectives } from "./objective.ts";
import { pooled } from "./programs.ts";
import { postgresDashboard } from "./dashboards/postgres.ts";
import { redisDashboard } from "./dashboards/redis.ts";
import { seenRedis, seesDatabase, seesPostgres, type Stores } from "./scope.ts";
import { systemDashboard } from "./dashboards/system.ts";

/** Every dashboard of one system: overview, objectives, stores, and one for each service. */
export function systemDashboards(plan: SystemPlan, stores: Stores): Dashboard[] {
  return [
    systemDashboard(plan),
    ...(serviceObjectives(plan).length > 0 ? [objectivesDashboard(plan)] : []),
    ...(plan.messaging.topics.length > 0 ? [kafkaDashboard(plan, stores)] : []),
    ...(seesDatabase({ plan, stores }) || pooled(plan).length > 0 ? [databaseDashboard(plan, stores)] : []),
    ...(seesPostgres({ plan, stores }) ? [postgresDashboard(plan)] : []),
    ...(seenRedis({ plan, stores }).length > 0 ? [redisDashboard(plan)] : []),
    ...plan.workloads.map((workload) => serviceDashboard(plan, workload)),
  ];
}

/** Every dashboard that a cluster needs once. */
export function platformDashboards(): Dashboard[] {
  return [clusterDashboard()];
}
