/** A whole stack in which no rule finds anything: two services, their entry, events, alerts, and the cloud below. */

import type { Props } from "../resources/resource.ts";
import { goodService, labelsOf } from "./good-service.ts";

const kubernetes = (apiVersion: string, kind: string, name: string, rest: object): Props => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "shop", labels: labelsOf(name) },
  ...rest,
});
const aws = (type: string, name: string, props: object): Props => ({ type: `aws:${type}`, name, props });
const TAGS = { tags: { system: "shop", stage: "prod", owner: "shop-team" } };

/** Objects of Kubernetes beside the services. */
function around(): Props[] {
  return [
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    },
    kubernetes("networking.k8s.io/v1", "NetworkPolicy", "default-deny", {
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    }),
    kubernetes("gateway.networking.k8s.io/v1", "Gateway", "entry", {
      spec: { gatewayClassName: "traefik", listeners: [{ name: "https", protocol: "HTTPS", port: 443 }] },
    }),
    kubernetes("traefik.io/v1alpha1", "Middleware", "rate", { spec: { rateLimit: { average: 20, burst: 40 } } }),
    kubernetes("gateway.networking.k8s.io/v1", "HTTPRoute", "order", {
      spec: {
        parentRefs: [{ name: "entry" }],
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: "/orders" } }],
            filters: [
              { type: "ExtensionRef", extensionRef: { group: "traefik.io", kind: "Middleware", name: "rate" } },
            ],
            backendRefs: [{ name: "order", port: 8080 }],
            timeouts: { request: "10s" },
          },
        ],
      },
    }),
    kubernetes("v1", "ConfigMap", "limits-0a1b2c3d", {
      data: { RATE_LIMIT_RPS: "20", RATE_LIMIT_BURST: "40", RATE_LIMIT_KEY: "client" },
    }),
    kubernetes("v1", "ConfigMap", "events-4e5f6a7b", { data: { "events.json": JSON.stringify(CATALOGUE) } }),
    kubernetes("v1", "ResourceQuota", "shop", {
      spec: { hard: { "requests.cpu": "2", "requests.memory": "2Gi", pods: "20" } },
    }),
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "gp3" },
      provisioner: "ebs.csi.aws.com",
      volumeBindingMode: "WaitForFirstConsumer",
      reclaimPolicy: "Retain",
      parameters: { type: "gp3", encrypted: "true" },
    },
    kubernetes("v1", "PersistentVolumeClaim", "archive", {
      spec: { accessModes: ["ReadWriteOnce"], storageClassName: "gp3", resources: { requests: { storage: "10Gi" } } },
    }),
    kubernetes("monitoring.coreos.com/v1", "PrometheusRule", "shop", {
      spec: { groups: [{ name: "shop", rules: ALERTS }] },
    }),
  ];
}

const CATALOGUE = {
  correlationKey: "orderId",
  envelope: ["eventId", "eventType", "version", "occurredAt"],
  events: [
    { name: "OrderPlaced", producer: "order", consumers: ["payment"], fields: ["orderId"], undoneBy: "OrderCanceled" },
    { name: "OrderCanceled", producer: "order", consumers: ["payment"], fields: ["orderId"], undoneBy: null },
  ],
};

const alert = (name: string, expr: string): object => ({
  alert: name,
  expr,
  for: "2m",
  labels: { severity: "critical" },
  annotations: { summary: name, runbook_url: `https://runbooks.example.com/${name}` },
});
const ALERTS = [
  alert("ErrorsBurn", `sum(rate(http_requests_total{namespace="shop",code=~"5.."}[5m])) > 1`),
  alert(
    "Slow",
    `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{namespace="shop"}[5m]))) > 0.5`,
  ),
  alert("Unavailable", `kube_deployment_status_replicas_unavailable{namespace="shop"} > 0`),
  alert("TargetDown", `up{namespace="shop"} == 0`),
  alert("Restarts", `increase(kube_pod_container_status_restarts_total{namespace="shop"}[15m]) > 3`),
  alert("OutOfMemory", `container_oom_events_total{namespace="shop"} > 0`),
  alert("ConsumerLag", `kafka_consumergroup_lag{namespace="shop"} > 1000`),
  alert("DatabaseFull", `aws_rds_free_storage_space_average{database="shop"} < 1e9`),
  alert("VolumeFull", `kubelet_volume_stats_available_bytes{namespace="shop"} < 1e8`),
  alert("NodeDown", `kube_node_status_condition{condition="Ready",status="true"} == 0`),
  { ...alert("Watchdog", "vector(1)"), for: "0m" },
];

const SUBNETS = ["subnet-a", "subnet-b", "subnet-c"];

/** The cloud below. */
function cloud(): Props[] {
  return [
    ...SUBNETS.map((id) => aws("ec2/subnet:Subnet", id, { id, availabilityZone: `eu-west-1${id.slice(-1)}` })),
    aws("eks/cluster:Cluster", "shop", {
      version: "1.34",
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryptionConfig: { resources: ["secrets"] },
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false },
      ...TAGS,
    }),
    aws("eks/nodeGroup:NodeGroup", "steady", {
      subnetIds: SUBNETS,
      instanceTypes: ["m6i.large"],
      capacityType: "ON_DEMAND",
      scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 6 },
      remoteAccess: { ec2SshKey: "ops", sourceSecurityGroupIds: ["sg-1"] },
      ...TAGS,
    }),
    aws("rds/instance:Instance", "db", {
      engine: "mariadb",
      engineVersion: "11.4",
      instanceClass: "db.r6g.large",
      storageEncrypted: true,
      publiclyAccessible: false,
      multiAz: true,
      deletionProtection: true,
      skipFinalSnapshot: false,
      backupRetentionPeriod: 14,
      enabledCloudwatchLogsExports: ["error"],
      autoMinorVersionUpgrade: true,
      performanceInsightsEnabled: true,
      monitoringInterval: 60,
      iamDatabaseAuthenticationEnabled: true,
      copyTagsToSnapshot: true,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      allocatedStorage: 50,
      maxAllocatedStorage: 500,
      parameterGroupName: "shop",
      maintenanceWindow: "sun:03:00-sun:04:00",
      ...TAGS,
    }),
    aws("rds/parameterGroup:ParameterGroup", "shop", {
      name: "shop",
      family: "mariadb11.4",
      parameters: [
        { name: "max_connections", value: "200" },
        { name: "require_secure_transport", value: "1" },
      ],
    }),
    aws("msk/cluster:Cluster", "events", {
      clusterName: "events",
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: { clientSubnets: SUBNETS, connectivityInfo: { publicAccess: { type: "DISABLED" } } },
      encryptionInfo: {
        encryptionAtRestKmsKeyArn: "arn:aws:kms:eu-west-1:1:key/1",
        encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      },
      clientAuthentication: { unauthenticated: false, sasl: { iam: true } },
      openMonitoring: {
        prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: true } },
      },
      loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true } } },
      ...TAGS,
    }),
    aws("msk/configuration:Configuration", "events", {
      serverProperties:
        "default.replication.factor=3\nmin.insync.replicas=2\nunclean.leader.election.enable=false\nauto.create.topics.enable=false",
    }),
    ...["shop.order", "shop.order.payment.dlq"].map((name) => ({
      type: "kafka:index/topic:Topic",
      name,
      props: {
        name,
        partitions: 4,
        replicationFactor: 3,
        config: { "min.insync.replicas": "2", "retention.ms": "604800000" },
      },
    })),
    aws("ecr/repository:Repository", "shop", {
      name: "shop",
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS" }],
      ...TAGS,
    }),
    aws("ecr/repositoryPolicy:RepositoryPolicy", "shop", {
      policy: { Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" } }] },
    }),
    aws("ecr/lifecyclePolicy:LifecyclePolicy", "shop", { repository: "shop" }),
    aws("ec2/securityGroup:SecurityGroup", "db", {
      ingress: [{ fromPort: 3306, toPort: 3306, protocol: "tcp", cidrBlocks: ["10.0.0.0/16"] }],
    }),
  ];
}

/** A fresh copy of the stack, as cases write resources. */
export function goodSystem(): Props[] {
  return structuredClone([
    ...goodService({ name: "order", calls: ["payment"], topic: "shop.order", routes: ["/orders"] }),
    ...goodService({ name: "payment", consumes: "shop.order" }),
    ...around(),
    ...cloud(),
  ]);
}
