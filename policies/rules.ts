/** All rules, in the order of reports. A new file of rules adds one import and one name. */

import * as alerting from "./rules/alerting.ts";
import * as apiAndObjects from "./rules/objects.ts";
import * as autoscalerMetrics from "./rules/autoscaler-metrics.ts";
import * as aws from "./rules/aws.ts";
import * as budgets from "./rules/budgets.ts";
import * as capacity from "./rules/capacity.ts";
import * as configRefs from "./rules/config-refs.ts";
import * as containerSecurity from "./rules/container-security.ts";
import * as contracts from "./rules/contracts.ts";
import * as databaseEngine from "./rules/database-engine.ts";
import * as databases from "./rules/databases.ts";
import * as ecr from "./rules/ecr.ts";
import * as edges from "./rules/edges.ts";
import * as eks from "./rules/eks.ts";
import * as entry from "./rules/entry.ts";
import * as events from "./rules/events.ts";
import * as exemptions from "./rules/exemptions.ts";
import * as images from "./rules/images.ts";
import * as kafka from "./rules/kafka.ts";
import * as lifecycle from "./rules/lifecycle.ts";
import * as mesh from "./rules/mesh.ts";
import * as monitoring from "./rules/monitoring.ts";
import * as msk from "./rules/msk.ts";
import * as network from "./rules/network.ts";
import * as probes from "./rules/probes.ts";
import * as rds from "./rules/rds.ts";
import * as replicas from "./rules/replicas.ts";
import * as resources from "./rules/resources.ts";
import * as rollout from "./rules/rollout.ts";
import * as secrets from "./rules/secrets.ts";
import * as serviceAccount from "./rules/service-account.ts";
import * as services from "./rules/services.ts";
import * as spread from "./rules/spread.ts";
import * as storage from "./rules/storage.ts";
import type { Rule } from "./rule.ts";

/** Files of rules by family, which is also the page of the documentation. */
export const FAMILIES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  probes, replicas, "autoscaler-metrics": autoscalerMetrics, budgets, spread, rollout, lifecycle, capacity, resources,
  services, entry, edges, contracts, events, "config-refs": configRefs, secrets, network, mesh, storage, kafka, databases, "database-engine": databaseEngine, monitoring, alerting, images, objects: apiAndObjects,
  "container-security": containerSecurity, "service-account": serviceAccount, rds, msk, eks, ecr, aws, exemptions,
};

export const RULES: readonly Rule[] = Object.values(FAMILIES).flatMap((family) => Object.values(family));
