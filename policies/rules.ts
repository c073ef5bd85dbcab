/** All rules, in the order of reports. A new file of rules adds one import and one name. */

import * as alertmanager from "./rules/monitoring/alertmanager.ts";
import * as alerts from "./rules/monitoring/alerts.ts";
import * as apiAndObjects from "./rules/configuration/objects.ts";
import * as apiVersions from "./rules/configuration/api-versions.ts";
import * as autoscalerBounds from "./rules/workloads/autoscaler-bounds.ts";
import * as autoscalerMetrics from "./rules/workloads/autoscaler-metrics.ts";
import * as autoscalerTargets from "./rules/workloads/autoscaler-targets.ts";
import * as access from "./rules/entry/access.ts";
import * as identityHeaders from "./rules/entry/identity-headers.ts";
import * as accountPerimeter from "./rules/aws/perimeter.ts";
import * as accountTrust from "./rules/aws/trust.ts";
import * as aws from "./rules/aws/aws.ts";
import * as balancer from "./rules/aws/balancer.ts";
import * as breakers from "./rules/mesh/breakers.ts";
import * as budgets from "./rules/workloads/budgets.ts";
import * as configRefs from "./rules/configuration/config-refs.ts";
import * as containerSecurity from "./rules/workloads/container-security.ts";
import * as contracts from "./rules/data/contracts.ts";
import * as cronJobs from "./rules/workloads/cron-jobs.ts";
import * as databaseAccess from "./rules/rds/access.ts";
import * as databaseBackups from "./rules/rds/backups.ts";
import * as databaseEngine from "./rules/data/database-engine.ts";
import * as databaseOperation from "./rules/rds/operation.ts";
import * as databases from "./rules/data/databases.ts";
import * as declarations from "./rules/configuration/declarations.ts";
import * as declaredAccess from "./rules/entry/declared-access.ts";
import * as doors from "./rules/entry/doors.ts";
import * as ecr from "./rules/aws/ecr.ts";
import * as edges from "./rules/network/edges.ts";
import * as egress from "./rules/network/egress.ts";
import * as eks from "./rules/aws/eks.ts";
import * as elasticache from "./rules/aws/elasticache.ts";
import * as events from "./rules/data/events.ts";
import * as exemptions from "./rules/exemptions.ts";
import * as grafana from "./rules/monitoring/grafana.ts";
import * as headless from "./rules/services/headless.ts";
import * as images from "./rules/workloads/images.ts";
import * as kafka from "./rules/data/kafka.ts";
import * as lifecycle from "./rules/workloads/lifecycle.ts";
import * as meshEncryption from "./rules/mesh/encryption.ts";
import * as monitoring from "./rules/monitoring/monitoring.ts";
import * as msk from "./rules/aws/msk.ts";
import * as network from "./rules/network/network.ts";
import * as nodes from "./rules/capacity/nodes.ts";
import * as parents from "./rules/entry/parents.ts";
import * as probes from "./rules/workloads/probes.ts";
import * as productionSettings from "./rules/entry/production-settings.ts";
import * as prometheus from "./rules/monitoring/prometheus.ts";
import * as publishedImages from "./rules/workloads/published-images.ts";
import * as publicRoutes from "./rules/entry/public-routes.ts";
import * as quotas from "./rules/capacity/quotas.ts";
import * as rateLimits from "./rules/entry/rate-limits.ts";
import * as reachability from "./rules/network/reachability.ts";
import * as replicas from "./rules/workloads/replicas.ts";
import * as resources from "./rules/workloads/resources.ts";
import * as retries from "./rules/mesh/retries.ts";
import * as rights from "./rules/configuration/rights.ts";
import * as rollout from "./rules/workloads/rollout.ts";
import * as rows from "./rules/data/rows.ts";
import * as secrets from "./rules/configuration/secrets.ts";
import * as serviceAccount from "./rules/workloads/service-account.ts";
import * as servicePods from "./rules/services/pods.ts";
import * as servicePorts from "./rules/services/ports.ts";
import * as serviceRoutes from "./rules/services/routes.ts";
import * as sharing from "./rules/data/sharing.ts";
import * as shells from "./rules/workloads/shells.ts";
import * as spread from "./rules/workloads/spread.ts";
import * as storageClaims from "./rules/storage/claims.ts";
import * as storageClasses from "./rules/storage/classes.ts";
import * as storageVolumes from "./rules/storage/volumes.ts";
import * as visitors from "./rules/entry/visitors.ts";
import * as weaknesses from "./rules/configuration/weaknesses.ts";
import * as zones from "./rules/capacity/zones.ts";
import type { Rule } from "./judging/rule.ts";

type Rules = Readonly<Record<string, Rule>>;

/** One family of several files, in the order that one file of them would have. */
function together(...files: readonly Rules[]): Rules {
  return Object.fromEntries(files.flatMap(Object.entries<Rule>).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Files of rules by family, which is also the page of the documentation. */
export const FAMILIES: Readonly<Record<string, Rules>> = {
  probes,
  replicas: together(autoscalerBounds, autoscalerTargets, replicas),
  "autoscaler-metrics": autoscalerMetrics,
  budgets,
  spread,
  rollout,
  lifecycle: together(lifecycle, shells),
  jobs: cronJobs,
  capacity: together(nodes, quotas, zones),
  resources,
  services: together(headless, servicePods, servicePorts, serviceRoutes),
  entry: together(
    access,
    declaredAccess,
    identityHeaders,
    parents,
    doors,
    productionSettings,
    publicRoutes,
    rateLimits,
    visitors,
  ),
  edges: together(edges, rows),
  contracts,
  events,
  "config-refs": configRefs,
  secrets,
  network: together(egress, network, reachability),
  mesh: together(breakers, meshEncryption, retries),
  storage: together(storageClaims, storageClasses, storageVolumes),
  kafka,
  databases: together(databases, sharing),
  "database-engine": databaseEngine,
  monitoring,
  alerting: together(alerts, prometheus, alertmanager, grafana),
  images: together(images, publishedImages),
  objects: together(apiVersions, declarations, apiAndObjects),
  "container-security": containerSecurity,
  "service-account": serviceAccount,
  rights,
  rds: together(databaseAccess, databaseBackups, databaseOperation),
  elasticache,
  msk,
  eks,
  ecr,
  aws: together(aws, accountPerimeter, accountTrust, balancer),
  weaknesses,
  exemptions,
};

export const RULES: readonly Rule[] = Object.values(FAMILIES).flatMap((family) => Object.values(family));
