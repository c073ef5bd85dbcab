/** All rules, in the order of reports. A new file of rules adds one import and one name. */

import * as alerting from "./rules/monitoring/alerting.ts";
import * as apiAndObjects from "./rules/configuration/objects.ts";
import * as autoscalerMetrics from "./rules/workloads/autoscaler-metrics.ts";
import * as aws from "./rules/aws/aws.ts";
import * as budgets from "./rules/workloads/budgets.ts";
import * as capacity from "./rules/workloads/capacity.ts";
import * as configRefs from "./rules/configuration/config-refs.ts";
import * as containerSecurity from "./rules/workloads/container-security.ts";
import * as contracts from "./rules/data/contracts.ts";
import * as databaseEngine from "./rules/data/database-engine.ts";
import * as databases from "./rules/data/databases.ts";
import * as ecr from "./rules/aws/ecr.ts";
import * as edges from "./rules/network/edges.ts";
import * as eks from "./rules/aws/eks.ts";
import * as entry from "./rules/network/entry.ts";
import * as events from "./rules/data/events.ts";
import * as exemptions from "./rules/exemptions.ts";
import * as images from "./rules/workloads/images.ts";
import * as kafka from "./rules/data/kafka.ts";
import * as lifecycle from "./rules/workloads/lifecycle.ts";
import * as mesh from "./rules/network/mesh.ts";
import * as monitoring from "./rules/monitoring/monitoring.ts";
import * as msk from "./rules/aws/msk.ts";
import * as network from "./rules/network/network.ts";
import * as probes from "./rules/workloads/probes.ts";
import * as rds from "./rules/aws/rds.ts";
import * as replicas from "./rules/workloads/replicas.ts";
import * as resources from "./rules/workloads/resources.ts";
import * as rollout from "./rules/workloads/rollout.ts";
import * as secrets from "./rules/configuration/secrets.ts";
import * as serviceAccount from "./rules/workloads/service-account.ts";
import * as services from "./rules/network/services.ts";
import * as spread from "./rules/workloads/spread.ts";
import * as storage from "./rules/data/storage.ts";
import type { Rule } from "./judging/rule.ts";

/** Files of rules by family, which is also the page of the documentation. */
export const FAMILIES: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  probes,
  replicas,
  "autoscaler-metrics": autoscalerMetrics,
  budgets,
  spread,
  rollout,
  lifecycle,
  capacity,
  resources,
  services,
  entry,
  edges,
  contracts,
  events,
  "config-refs": configRefs,
  secrets,
  network,
  mesh,
  storage,
  kafka,
  databases,
  "database-engine": databaseEngine,
  monitoring,
  alerting,
  images,
  objects: apiAndObjects,
  "container-security": containerSecurity,
  "service-account": serviceAccount,
  rds,
  msk,
  eks,
  ecr,
  aws,
  exemptions,
};

export const RULES: readonly Rule[] = Object.values(FAMILIES).flatMap((family) => Object.values(family));
