/** The cloud below: network, cluster, database, Kafka, images. */

import type { Props } from "../../resources/resource.ts";

const SUBNETS = ["subnet-a", "subnet-b", "subnet-c"];
const TAGS = { tags: { system: "shop", stage: "prod", owner: "shop-team" } };
const aws = (type: string, name: string, props: object): Props => ({ type: `aws:${type}`, name, props });

export function network(): Props[] {
  return [
    ...SUBNETS.map((id) => aws("ec2/subnet:Subnet", id, { id, availabilityZone: `eu-west-1${id.slice(-1)}` })),
    aws("ec2/securityGroup:SecurityGroup", "db", {
      ingress: [{ fromPort: 3306, toPort: 3306, protocol: "tcp", cidrBlocks: ["10.0.0.0/16"] }],
    }),
  ];
}

export function cluster(): Props[] {
  return [
    aws("eks/cluster:Cluster", "shop", {
      version: "1.34",
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
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
  ];
}

export function database(): Props[] {
  return [
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
  ];
}

export function cache(): Props[] {
  return [
    aws("elasticache/replicationGroup:ReplicationGroup", "cart", {
      engine: "valkey",
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      userGroupIds: ["cart"],
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      snapshotRetentionLimit: 14,
      autoMinorVersionUpgrade: true,
      parameterGroupName: "cart",
      subnetGroupName: "shop",
      ...TAGS,
    }),
    aws("elasticache/parameterGroup:ParameterGroup", "cart", {
      name: "cart",
      family: "valkey8",
      parameters: [{ name: "maxmemory-policy", value: "noeviction" }],
    }),
  ];
}

const BROKER_SETTINGS = [
  "default.replication.factor=3",
  "min.insync.replicas=2",
  "unclean.leader.election.enable=false",
  "auto.create.topics.enable=false",
];

export function kafka(): Props[] {
  return [
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
    aws("msk/configuration:Configuration", "events", { serverProperties: BROKER_SETTINGS.join("\n") }),
    topic("shop.order"),
    topic("shop.order.payment.dlq"),
  ];
}

function topic(name: string): Props {
  const config = { "min.insync.replicas": "2", "retention.ms": "604800000" };
  return { type: "kafka:index/topic:Topic", name, props: { name, partitions: 4, replicationFactor: 3, config } };
}

export function images(): Props[] {
  const ours = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" } };
  return [
    aws("ecr/repository:Repository", "shop", {
      name: "shop",
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS" }],
      ...TAGS,
    }),
    aws("ecr/repositoryPolicy:RepositoryPolicy", "shop", { policy: { Statement: [ours] } }),
    aws("ecr/lifecyclePolicy:LifecyclePolicy", "shop", { repository: "shop" }),
  ];
}
