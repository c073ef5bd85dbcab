import { own } from "../../../model/harmless/own.ts";
import { parseCores, parseQuantity } from "../../../model/quantity.ts";
import type { Values } from "../engine-event.ts";
import type { PreviewPlan } from "../preview-plan.ts";
import { HOURS, PRICE } from "./prices.ts";

/** One line of the estimate. */
export interface CostLine {
  readonly what: string;
  readonly count: number;
  readonly monthly: number;
}

const GIB = 2 ** 30;
/** What one m7i.large leaves for pods. */
const NODE = { cores: 1.9, gibibytes: 6.8 };

/** A resource as far as its price goes. */
interface Priced {
  readonly type: string;
  readonly values: Values;
}

/** Monthly cost of what the plan ends with, by kind of resource, the most expensive first. */
export function costOf({ steps }: PreviewPlan): CostLine[] {
  return costOfAll(
    steps.filter(({ op }) => op !== "delete").map(({ type, new: now, old }) => ({ type, values: now ?? old ?? {} })),
  );
}

/** The same of what the plan begins with. */
export function costBefore({ steps }: PreviewPlan): CostLine[] {
  return costOfAll(steps.flatMap(({ type, old }) => (old === null ? [] : [{ type, values: old }])));
}

/** Dollars a month. */
export function totalOf(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { monthly }) => sum + monthly, 0);
}

function costOfAll(resources: readonly Priced[]): CostLine[] {
  if (!resources.some(({ type }) => type.startsWith("aws:"))) return []; // a machine of one's own has no price list
  const lines = resources.flatMap(({ type, values }) => own(PRICED, type)?.(values) ?? []);
  const sums = new Map<string, CostLine>();
  for (const { what, count, monthly } of [...lines, ...nodes(resources)]) {
    const sum = sums.get(what) ?? { what, count: 0, monthly: 0 };
    sums.set(what, { what, count: sum.count + count, monthly: sum.monthly + monthly });
  }
  return [...sums.values()].filter(({ monthly }) => monthly > 0).toSorted((a, b) => b.monthly - a.monthly);
}

const hourly = (what: string, price: number, count = 1): CostLine[] => [
  { what, count, monthly: price * HOURS * count },
];
const monthly = (what: string, price: number, count = 1): CostLine[] => [{ what, count, monthly: price * count }];
const text = (values: Values, key: string): string => String(values[key] ?? "");
const listOf = (values: Values, key: string): readonly unknown[] =>
  Array.isArray(values[key]) ? (values[key] as unknown[]) : [];

const PRICED: Readonly<Record<string, (values: Values) => CostLine[]>> = {
  "aws:eks/cluster:Cluster": () => hourly("EKS control plane", PRICE.eksCluster),
  "aws:ec2/natGateway:NatGateway": () => [
    ...hourly("NAT gateways, without data", PRICE.natGateway),
    ...hourly("public IPv4 addresses", PRICE.publicIpv4),
  ],
  "aws:ec2/vpcEndpoint:VpcEndpoint": (values) =>
    hourly("interface endpoints, by zone", PRICE.interfaceEndpointPerZone, listOf(values, "subnetIds").length),
  "aws:lb/loadBalancer:LoadBalancer": (values) => [
    ...hourly("load balancer, without traffic", PRICE.loadBalancer),
    ...hourly("public IPv4 addresses", PRICE.publicIpv4, listOf(values, "subnets").length),
  ],
  "aws:kms/key:Key": () => monthly("encryption keys", PRICE.kmsKey),
  "aws:cloudwatch/metricAlarm:MetricAlarm": () => monthly("alarms", PRICE.alarm),
  "aws:wafv2/webAcl:WebAcl": (values) =>
    monthly("web firewall, without requests", PRICE.webAcl + PRICE.webAclRule * listOf(values, "rules").length),
  "aws:eks/nodeGroup:NodeGroup": nodeGroup,
  "aws:rds/instance:Instance": database,
  "aws:elasticache/replicationGroup:ReplicationGroup": (values) => {
    const type = text(values, "nodeType");
    return hourly(`cache nodes ${type}`, own(PRICE.cache, type) ?? 0, Number(values["numCacheClusters"] ?? 1));
  },
  "aws:msk/cluster:Cluster": brokers,
  "kubernetes:apps/v1:StatefulSet": claims,
  "kubernetes:core/v1:PersistentVolumeClaim": (values) => monthly("volumes, GiB", PRICE.volumeGib, storage(values)),
};

/** Spot costs less, by how much changes every hour. */
function nodeGroup(values: Values): CostLine[] {
  const { desiredSize = 0 } = (values["scalingConfig"] ?? {}) as { desiredSize?: number };
  return hourly(
    text(values, "capacityType") === "SPOT" ? "spot nodes of node groups, at most" : "on-demand nodes of node groups",
    PRICE.groupNode,
    desiredSize,
  );
}

function database(values: Values): CostLine[] {
  const copies = values["multiAz"] === true ? 2 : 1;
  const instanceClass = text(values, "instanceClass");
  const postgres = text(values, "engine") === "postgres";
  return [
    ...hourly(
      `${postgres ? "PostgreSQL" : "database"} ${instanceClass}${copies === 2 ? " with standby" : ""}`,
      (own(postgres ? PRICE.postgres : PRICE.database, instanceClass) ?? 0) * copies,
    ),
    ...monthly("database storage, GiB", PRICE.databaseStorageGib * copies, Number(values["allocatedStorage"] ?? 0)),
    ...(values["manageMasterUserPassword"] === true ? monthly("managed secrets", PRICE.managedSecret) : []),
  ];
}

function brokers(values: Values): CostLine[] {
  const count = Number(values["numberOfBrokerNodes"] ?? 0);
  const group = (values["brokerNodeGroupInfo"] ?? {}) as {
    instanceType?: string;
    storageInfo?: { ebsStorageInfo?: { volumeSize?: number } };
  };
  const type = group.instanceType ?? "";
  return [
    ...hourly(`Kafka brokers ${type}`, own(PRICE.broker, type) ?? 0, count),
    ...monthly(
      "Kafka storage, GiB",
      PRICE.brokerStorageGib,
      count * (group.storageInfo?.ebsStorageInfo?.volumeSize ?? 0),
    ),
  ];
}

/** Each replica has volumes of its own. */
function claims(values: Values): CostLine[] {
  const { replicas = 1, volumeClaimTemplates = [] } = (values["spec"] ?? {}) as {
    replicas?: number;
    volumeClaimTemplates?: readonly Values[];
  };
  return monthly(
    "volumes, GiB",
    PRICE.volumeGib,
    replicas * volumeClaimTemplates.reduce((sum, claim) => sum + storage(claim), 0),
  );
}

function storage(values: Values): number {
  const spec = (values["spec"] ?? {}) as { resources?: { requests?: { storage?: string } } };
  return (parseQuantity(spec.resources?.requests?.storage ?? "0") ?? 0) / GIB;
}

interface PodSpec {
  readonly containers?: readonly {
    readonly resources?: { readonly requests?: { readonly cpu?: string; readonly memory?: string } };
  }[];
}

/** Auto Mode makes as many nodes as the pods ask for: here those for the lowest load, on nodes of one size. */
function nodes(declared: readonly Priced[]): CostLine[] {
  if (declared.some(({ type }) => type === "aws:eks/nodeGroup:NodeGroup")) return []; // declared, and priced as such
  const floors = new Map(
    declared
      .filter(({ type }) => type.endsWith(":HorizontalPodAutoscaler"))
      .map(({ values }) => {
        const spec = (values["spec"] ?? {}) as { scaleTargetRef?: { name?: string }; minReplicas?: number };
        return [spec.scaleTargetRef?.name ?? "", spec.minReplicas ?? 1] as const;
      }),
  );
  let cores = 0;
  let gibibytes = 0;
  for (const { type, values } of declared) {
    if (!/:(Deployment|StatefulSet)$/.test(type)) continue;
    const spec = (values["spec"] ?? {}) as { replicas?: number; template?: { spec?: PodSpec } };
    const name = ((values["metadata"] ?? {}) as { name?: string }).name ?? "";
    const replicas = spec.replicas ?? floors.get(name) ?? 1;
    for (const { resources } of spec.template?.spec?.containers ?? []) {
      cores += replicas * (parseCores(resources?.requests?.cpu ?? "0") ?? 0);
      gibibytes += replicas * ((parseQuantity(resources?.requests?.memory ?? "0") ?? 0) / GIB);
    }
  }
  const count = Math.ceil(Math.max(cores / NODE.cores, gibibytes / NODE.gibibytes));
  return count === 0 ? [] : hourly("nodes (m7i.large) for the lowest load", PRICE.node, Math.max(count, 2));
}
