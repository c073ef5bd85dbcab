import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { allows } from "../../test/iam-evaluation.ts";
import { awsAnswers } from "../../test/aws-answers.ts";
import { describePlatform } from "../../test/platform.contract.ts";
import { recordResources, type Recorded } from "../../test/record-resources.ts";
import { shopPlan } from "../../test/shop.ts";
import { STAGE } from "../../model/stage.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { System } from "../system.ts";
import { foundation } from "./foundation.ts";
import type { ImageSource } from "./images.ts";
import { AwsPlatform } from "./platform.ts";
import { readAwsSettings } from "./read-settings.ts";

const CONFIG = {
  "aws:region": "eu-central-1", "slipway:accountId": "111122223333", "slipway:domain": "shop.example.com", "slipway:alarmEmail": "on-call@example.com", "slipway:costCenter": "cc-1",
  "slipway:mailUser": "AKIAIOSFODNN7EXAMPLE", "slipway:heartbeat": "https://hc-ping.example.com/slipway-prod",
};

function sourcesOf(plan: SystemPlan): ImageSource[] {
  const source = (name: string): ImageSource => ({ name, repository: name === "job" ? `${plan.name}/job` : name, version: "b1", context: `contexts/${name}` });
  return [source("job"), ...plan.workloads.map(({ name }) => source(`${plan.name}/${name}`))];
}

function make(plan: SystemPlan, parent: pulumi.Resource, config: Record<string, string> = {}): AwsPlatform {
  const settings = readAwsSettings({ ...CONFIG, ...config }, [plan], "2026-11-21");
  const shared = foundation({ stage: "prod", settings, plans: [plan], definitions: [] }, { parent });
  return new AwsPlatform(`${plan.name}-platform`, { plan, foundation: shared, sources: sourcesOf(plan), index: 0 }, { parent });
}

async function resources(config: Record<string, string> = {}): Promise<Recorded[]> {
  const plan = { ...shopPlan(), numbers: STAGE.prod };
  return recordResources("prod", (root) => void new System(plan.name, { plan, platform: make(plan, root, config) }, { parent: root }), awsAnswers);
}

describePlatform("AWS", (plan, parent) => make({ ...plan, numbers: STAGE.prod }, parent), awsAnswers);

describe("AWS platform", function () {
  this.timeout(30_000);
  let all: Recorded[];
  before(async () => void (all = await resources()));

  const of = (type: string, from: readonly Recorded[] = all): Recorded[] => from.filter((resource) => resource.type === type);
  const inputs = ({ inputs: found }: Recorded | undefined = assert.fail("no such resource")): Record<string, unknown> => found as Record<string, unknown>;
  const only = (type: string, from?: readonly Recorded[]): Record<string, unknown> => inputs(of(type, from)[0]);

  it("spreads over three zones, nodes and stores in private subnets only", () => {
    const subnets = of("aws:ec2/subnet:Subnet").map(inputs);
    assert.equal(new Set(subnets.map(({ availabilityZone }) => availabilityZone)).size, 3);
    assert.equal(subnets.filter(({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch).length, 0);
    assert.deepEqual(subnets.map(({ cidrBlock }) => String(cidrBlock)).toSorted(), ["10.0.0.0/20", "10.0.16.0/20", "10.0.240.0/24", "10.0.241.0/24", "10.0.242.0/24", "10.0.32.0/20"]);
    assert.equal(of("aws:ec2/natGateway:NatGateway").length, 3);
    const endpoints = of("aws:ec2/vpcEndpoint:VpcEndpoint").map(inputs).map(({ serviceName }) => String(serviceName).replace("com.amazonaws.eu-central-1.", ""));
    assert.deepEqual(endpoints.toSorted(), ["ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager", "sts"]);
    assert.equal(of("aws:ec2/flowLog:FlowLog").length, 1);
  });

  it("keeps the cluster private, its secrets encrypted and all its logs", () => {
    const { endpointPrivateAccess, endpointPublicAccess, encryptionConfigKeyArn, enabledClusterLogTypes, autoMode, authenticationMode, deletionProtection } = only("eks:index:Cluster");
    assert.deepEqual([endpointPrivateAccess, endpointPublicAccess, authenticationMode, deletionProtection], [true, false, "API", true]);
    assert.equal(encryptionConfigKeyArn, "arn:aws:kms:slipway-prod");
    assert.equal((enabledClusterLogTypes as unknown[]).length, 5);
    assert.equal((autoMode as { enabled: boolean }).enabled, true);
    const storage = only("kubernetes:storage.k8s.io/v1:StorageClass");
    assert.deepEqual([storage["volumeBindingMode"], storage["reclaimPolicy"], (storage["parameters"] as { encrypted: string }).encrypted], ["WaitForFirstConsumer", "Retain", "true"]);
  });

  it("lets who is in the network reach the private API server, which EKS opens to nodes only", () => {
    const [rule] = of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").filter(({ name }) => name === "slipway-prod-api");
    const { securityGroupId, cidrIpv4, toPort } = inputs(rule);
    assert.deepEqual([securityGroupId, cidrIpv4, toPort], ["sg-cluster", "10.0.0.0/16", 443]);
  });

  it("opens the API server to named networks only, when asked", async () => {
    const opened = only("eks:index:Cluster", await resources({ "slipway:publicCidrs": "198.51.100.0/24" }));
    assert.deepEqual([opened["endpointPublicAccess"], opened["publicAccessCidrs"]], [true, ["198.51.100.0/24"]]);
  });

  it("runs Kafka with TLS and IAM only, no topic by accident, three copies", () => {
    const { clientAuthentication, encryptionInfo, numberOfBrokerNodes, brokerNodeGroupInfo, openMonitoring } = only("aws:msk/cluster:Cluster");
    assert.deepEqual(clientAuthentication, { sasl: { iam: true, scram: false }, unauthenticated: false });
    assert.deepEqual(encryptionInfo, { encryptionAtRestKmsKeyArn: "arn:aws:kms:slipway-prod-kafka", encryptionInTransit: { clientBroker: "TLS", inCluster: true } });
    assert.equal(numberOfBrokerNodes, 3);
    assert.equal((brokerNodeGroupInfo as { connectivityInfo: { publicAccess: { type: string } } }).connectivityInfo.publicAccess.type, "DISABLED");
    assert.ok(openMonitoring);
    const properties = String(only("aws:msk/configuration:Configuration")["serverProperties"]);
    for (const line of ["auto.create.topics.enable=false", "default.replication.factor=3", "min.insync.replicas=2", "unclean.leader.election.enable=false"]) assert.ok(properties.includes(line), line);
  });

  it("declares every topic with its dead-letter twin, and a role of its own for each service", () => {
    const topics = of("aws:msk/topic:Topic").map(inputs).map(({ name }) => String(name));
    for (const { name } of shopPlan().messaging.topics) assert.ok(topics.includes(name), name);
    for (const { configs } of of("aws:msk/topic:Topic").map(inputs)) assert.equal((JSON.parse(String(configs)) as Record<string, string>)["unclean.leader.election.enable"], "false");
    const associations = of("aws:eks/podIdentityAssociation:PodIdentityAssociation").map(inputs).map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`);
    assert.deepEqual(associations.toSorted(), shopPlan().workloads.filter(({ network }) => network.toKafka).map(({ name }) => `shop/${name}`).toSorted());
  });

  it("keeps databases in two zones, encrypted, private, backed up and hard to delete", () => {
    const database = only("aws:rds/instance:Instance");
    const expected = { multiAz: true, storageEncrypted: true, publiclyAccessible: false, deletionProtection: true, skipFinalSnapshot: false, manageMasterUserPassword: true, iamDatabaseAuthenticationEnabled: true, performanceInsightsEnabled: true, enabledCloudwatchLogsExports: ["error", "slowquery"], port: 3306 };
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(database[key], value, key);
    assert.ok(Number(database["backupRetentionPeriod"]) >= 7 && Number(database["maxAllocatedStorage"]) > Number(database["allocatedStorage"]));
    const parameters = only("aws:rds/parameterGroup:ParameterGroup")["parameters"] as { name: string; value: string }[];
    assert.ok(parameters.some(({ name, value }) => name === "require_secure_transport" && value === "1"));
  });

  it("gives each owner a server of its own where asked, with a generated password where asked", async () => {
    const separate = await resources({ "slipway:databasePer": "service", "slipway:databaseMaster": "generated" });
    const servers = of("aws:rds/instance:Instance", separate).map(inputs);
    assert.deepEqual(servers.map(({ identifier }) => identifier), shopPlan().databases.map(({ owner }) => `shop-${owner}`));
    for (const { password } of servers) assert.equal(password, "[secret]");
  });

  it("pushes images to repositories whose tags cannot move, and runs them by digest", () => {
    for (const repository of of("aws:ecr/repository:Repository").map(inputs)) {
      assert.equal(repository["imageTagMutability"], "IMMUTABLE");
      assert.deepEqual(repository["imageScanningConfiguration"], { scanOnPush: true });
      assert.equal((repository["encryptionConfigurations"] as { encryptionType: string }[])[0]?.encryptionType, "KMS");
    }
    const order = of("kubernetes:apps/v1:Deployment").find(({ name }) => name === "shop-order");
    assert.match(JSON.stringify(order?.inputs), /registry\/slipway\/shop\/order@sha256:/);
  });

  it("builds every image for all platforms that are asked for, under a tag of its own", async () => {
    const images = async (config: Record<string, string> = {}) => of("docker-build:index:Image", await resources(config)).map(inputs).map(({ platforms, tags, push, buildOnPreview }) => ({ platforms, tags, push, buildOnPreview }));
    const order = (platforms: string[], tag: string) => ({ platforms, tags: [`registry/slipway/shop/order:${tag}`], push: true, buildOnPreview: false });
    const [one, two] = [await images(), await images({ "slipway:imagePlatforms": "linux/amd64,linux/arm64" })];
    assert.deepEqual(one.find(({ tags }) => String(tags).includes("/shop/order")), order(["linux/amd64"], "b1-amd64"));
    assert.deepEqual(two.find(({ tags }) => String(tags).includes("/shop/order")), order(["linux/amd64", "linux/arm64"], "b1-amd64-arm64"));
    for (const { platforms } of two) assert.deepEqual(platforms, ["linux/amd64", "linux/arm64"]);
  });

  it("counts releases, not the parts of an image, when it lets old ones go", () => {
    for (const { policy } of of("aws:ecr/lifecyclePolicy:LifecyclePolicy").map(inputs)) {
      const { rules } = JSON.parse(String(policy)) as { rules: { selection: { tagStatus: string; countType: string } }[] };
      assert.deepEqual(rules.map(({ selection }) => [selection.countType, selection.tagStatus]), [["sinceImagePushed", "untagged"], ["imageCountMoreThan", "tagged"]]);
    }
  });

  it("shows the internet one thing only: a load balancer that speaks TLS", () => {
    const open = of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").filter((rule) => inputs(rule)["cidrIpv4"] === "0.0.0.0/0");
    assert.deepEqual(open.map((rule) => inputs(rule)["toPort"]).toSorted(), [443, 80]);
    const [redirect] = of("aws:lb/listener:Listener").map(inputs).filter(({ port }) => port === 80) as unknown as { defaultActions: { type: string; redirect: { protocol: string } }[] }[];
    assert.deepEqual([redirect?.defaultActions[0]?.type, redirect?.defaultActions[0]?.redirect.protocol], ["redirect", "HTTPS"]);
  });

  it("lets the controller of Auto Mode register pods with the load balancer: it may only where the cluster's name is", () => {
    assert.deepEqual(only("aws:lb/targetGroup:TargetGroup")["tags"], { system: "shop", owner: "shop-team", "eks:eks-cluster-name": "slipway-prod" });
  });

  it("serves a pod that stops for longer than the load balancer goes on sending", () => {
    const targets = only("aws:lb/targetGroup:TargetGroup");
    const pods = inputs(of("kubernetes:apps/v1:Deployment").find(({ name }) => name === "shop-gateway")) as unknown as { spec: { template: { spec: { terminationGracePeriodSeconds: number; containers: { lifecycle: { preStop: { sleep: { seconds: number } } } }[] } } } };
    const preStop = pods.spec.template.spec.containers[0]?.lifecycle.preStop.sleep.seconds ?? 0;
    assert.ok(preStop > Number(targets["deregistrationDelay"]) && pods.spec.template.spec.terminationGracePeriodSeconds > preStop);
  });

  it("lets nothing that holds data be replaced or deleted by a slip", () => {
    const holding = ["aws:rds/instance:Instance", "aws:msk/cluster:Cluster", "aws:msk/topic:Topic", "aws:ecr/repository:Repository", "aws:kms/key:Key", "aws:ec2/vpc:Vpc", "eks:index:Cluster"];
    for (const type of holding) {
      assert.ok(of(type).length > 0, type);
      for (const { name, protect } of of(type)) assert.equal(protect, true, `${type} ${name}`);
    }
  });

  it("tells somebody about what the cluster cannot see", () => {
    const alarms = of("aws:cloudwatch/metricAlarm:MetricAlarm").map(inputs);
    for (const namespace of ["AWS/RDS", "AWS/Kafka", "AWS/EKS", "AWS/NATGateway", "AWS/CertificateManager", "AWS/ApplicationELB"]) assert.ok(alarms.some((alarm) => alarm["namespace"] === namespace), namespace);
    for (const { alarmActions, alarmDescription } of alarms) assert.ok((alarmActions as unknown[]).length > 0 && String(alarmDescription).length > 20);
    assert.equal(only("aws:sns/topicSubscription:TopicSubscription")["endpoint"], "on-call@example.com");
  });

  it("uses somebody else's network and cluster where there are", async () => {
    const subnets = "subnet-0a1b2c3d4e5f60718,subnet-0a1b2c3d4e5f60719,subnet-0a1b2c3d4e5f6071a";
    const existing = await resources({ "slipway:vpcId": "vpc-0123456789abcdef0", "slipway:privateSubnets": subnets, "slipway:publicSubnets": subnets, "slipway:vpcCidr": "10.8.0.0/16" });
    assert.equal(of("aws:ec2/vpc:Vpc", existing).length, 0);
    assert.deepEqual(only("eks:index:Cluster", existing)["privateSubnetIds"], subnets.split(","));
  });

  it("puts systems into somebody else's cluster as it is: its region, its nodes", async () => {
    const subnets = "subnet-0a1b2c3d4e5f60718,subnet-0a1b2c3d4e5f60719,subnet-0a1b2c3d4e5f6071a";
    const network = { "slipway:vpcId": "vpc-0123456789abcdef0", "slipway:vpcCidr": "10.8.0.0/16", "slipway:privateSubnets": subnets, "slipway:publicSubnets": subnets };
    const theirs = await resources({ ...network, "slipway:existingCluster": "theirs", "slipway:compute": "node-groups" });
    assert.equal(of("eks:index:Cluster", theirs).length, 0);
    assert.match(String(only("pulumi:providers:kubernetes", theirs)["kubeconfig"]), /"--cluster-name","theirs","--region","eu-central-1"/);
    for (const association of of("aws:eks/podIdentityAssociation:PodIdentityAssociation", theirs)) assert.equal(inputs(association)["clusterName"], "theirs");
    assert.match(JSON.stringify(of("kubernetes:core/v1:Namespace", theirs)), /elbv2.k8s.aws\/pod-readiness-gate-inject/);
  });

  it("runs node groups where asked: on-demand always, spot beside it and only for what tolerates it", async () => {
    const made = await resources({ "slipway:compute": "node-groups" });
    const groups = of("aws:eks/nodeGroup:NodeGroup", made).map(inputs);
    assert.deepEqual(groups.map(({ capacityType }) => capacityType).toSorted(), ["ON_DEMAND", "SPOT"]);
    for (const { scalingConfig } of groups) assert.deepEqual(scalingConfig, { minSize: 1, desiredSize: 3, maxSize: 3 });
    assert.equal((groups.find(({ capacityType }) => capacityType === "SPOT")?.["taints"] as unknown as unknown[]).length, 1);
    assert.deepEqual(groups.map(({ amiType }) => amiType), ["AL2023_x86_64_STANDARD", "AL2023_x86_64_STANDARD"]);
    const driver = of("aws:eks/addon:Addon", made).map(inputs).find(({ addonName }) => addonName === "aws-ebs-csi-driver");
    assert.equal((driver?.["podIdentityAssociations"] as unknown as { serviceAccount: string }[])[0]?.serviceAccount, "ebs-csi-controller-sa", "no pod could have a volume");
  });

  it("leaves to node groups what @pulumi/eks would make a second time", async () => {
    const made = await resources({ "slipway:compute": "node-groups" });
    const { useDefaultVpcCni, kubeProxyAddonOptions, skipDefaultNodeGroup, skipDefaultSecurityGroups, createInstanceRole, autoMode } = only("eks:index:Cluster", made);
    const { enabled } = kubeProxyAddonOptions as { enabled: boolean };
    assert.deepEqual([useDefaultVpcCni, enabled, skipDefaultNodeGroup, skipDefaultSecurityGroups, createInstanceRole, autoMode], [true, false, true, true, false, undefined]);
    const addons = of("aws:eks/addon:Addon", made).map(inputs).map(({ addonName }) => String(addonName));
    assert.deepEqual(addons.toSorted(), ["aws-ebs-csi-driver", "coredns", "eks-pod-identity-agent", "kube-proxy", "metrics-server", "vpc-cni"]);
  });

  it("has machines that the images were built for", async () => {
    const arm = { "slipway:imagePlatforms": "linux/arm64,linux/amd64" };
    const groups = of("aws:eks/nodeGroup:NodeGroup", await resources({ ...arm, "slipway:compute": "node-groups" })).map(inputs);
    assert.deepEqual(groups.map(({ amiType }) => amiType), ["AL2023_ARM_64_STANDARD", "AL2023_ARM_64_STANDARD"]);
    const pool = JSON.stringify(only("kubernetes:karpenter.sh/v1:NodePool", await resources(arm)));
    assert.ok(pool.includes('{"key":"kubernetes.io/arch","operator":"In","values":["arm64"]}'), pool);
  });

  it("lets nodes of Auto Mode join by a role of their own, from a pool whose class is ours", () => {
    const role = only("aws:eks/accessEntry:AccessEntry")["principalArn"];
    const { principalArn, policyArn } = only("aws:eks/accessPolicyAssociation:AccessPolicyAssociation");
    assert.deepEqual([role, principalArn, policyArn], ["slipway-prod-node-id", "slipway-prod-node-id", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy"]);
    const { role: roleName, securityGroupSelectorTerms, subnetSelectorTerms } = only("kubernetes:eks.amazonaws.com/v1:NodeClass")["spec"] as { role: string; securityGroupSelectorTerms: object[]; subnetSelectorTerms: object[] };
    assert.deepEqual([roleName, securityGroupSelectorTerms, subnetSelectorTerms.length], ["slipway-prod-node", [{ id: "sg-cluster" }], 3]);
    const { autoMode, corednsAddonOptions, createInstanceRole } = only("eks:index:Cluster");
    assert.deepEqual(autoMode, { enabled: true, createNodeRole: false, computeConfig: { nodePools: [] } }, "EKS refuses a role without pools and a pool without a role");
    assert.deepEqual([(corednsAddonOptions as { enabled: boolean }).enabled, createInstanceRole], [false, false], "@pulumi/eks would wait for its CoreDNS before there are nodes");
    const metrics = of("aws:eks/addon:Addon").find(({ name }) => name === "slipway-prod-metrics-server");
    assert.ok(metrics?.dependsOn?.includes("kubernetes:karpenter.sh/v1:NodePool slipway-prod-pool"), "it would wait for nodes that nobody makes");
  });

  it("spreads over two zones behind one shared gateway where that is enough", async () => {
    const small = await resources({ "slipway:zones": "2", "slipway:nat": "shared", "slipway:brokers": "4" });
    assert.equal(of("aws:ec2/subnet:Subnet", small).length, 4);
    assert.equal(of("aws:ec2/natGateway:NatGateway", small).length, 1);
    const ways = of("aws:ec2/route:Route", small).map(inputs).filter(({ natGatewayId }) => natGatewayId !== undefined);
    assert.deepEqual(ways.map(({ natGatewayId }) => natGatewayId), ["slipway-prod-1-id", "slipway-prod-1-id"], "each zone has its way out");
    const { numberOfBrokerNodes, brokerNodeGroupInfo } = only("aws:msk/cluster:Cluster", small);
    assert.deepEqual([numberOfBrokerNodes, (brokerNodeGroupInfo as { clientSubnets: string[] }).clientSubnets.length], [4, 2]);
  });

  it("puts a web firewall before the load balancer only where asked", async () => {
    assert.equal(of("aws:wafv2/webAcl:WebAcl").length, 0);
    const guarded = await resources({ "slipway:firewall": "on" });
    assert.equal(only("aws:wafv2/webAcl:WebAcl", guarded)["scope"], "REGIONAL");
    const balancer = inputs(of("aws:wafv2/webAclAssociation:WebAclAssociation", guarded)[0])["resourceArn"];
    assert.equal(balancer, `${of("aws:lb/loadBalancer:LoadBalancer", guarded)[0]?.name}-id`);
  });

  it("takes a certificate that exists instead of a new one", async () => {
    const certificateArn = "arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c";
    const given = await resources({ "slipway:certificateArn": certificateArn });
    assert.equal(of("aws:acm/certificate:Certificate", given).length, 0);
    assert.deepEqual(of("aws:lb/listener:Listener", given).map(inputs).filter(({ port }) => port === 443).map((listener) => listener["certificateArn"]), [certificateArn]);
  });

  it("goes on scanning images after their push where asked", async () => {
    assert.equal(of("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration").length, 0);
    const { scanType, rules } = only("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration", await resources({ "slipway:imageScanning": "enhanced" }));
    assert.deepEqual([scanType, (rules as unknown as { scanFrequency: string }[])[0]?.scanFrequency], ["ENHANCED", "CONTINUOUS_SCAN"]);
  });

  it("lets the named roles administer the cluster, and nobody else", async () => {
    assert.deepEqual(only("eks:index:Cluster")["accessEntries"], {});
    const principalArn = "arn:aws:iam::111122223333:role/team/Admin";
    const { accessEntries } = only("eks:index:Cluster", await resources({ "slipway:adminRoles": principalArn }));
    assert.deepEqual(accessEntries, { "admin-Admin": { principalArn, accessPolicies: { admin: { policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy", accessScope: { type: "cluster" } } } } });
  });

  it("tags everything through the provider, and a system's own with its name", () => {
    assert.deepEqual((only("pulumi:providers:aws")["defaultTags"] as unknown as string), JSON.stringify({ tags: TAGS }));
    assert.deepEqual(only("pulumi:providers:aws")["allowedAccountIds"], JSON.stringify(["111122223333"]));
    assert.equal((only("aws:rds/instance:Instance")["tags"] as { system: string }).system, "shop");
  });

  const TAGS = { system: "shared", stage: "prod", owner: "platform-team", cost: "cc-1", "managed-by": "slipway" };

  it("tags machines and disks that EKS makes for Auto Mode, and lets it do so", () => {
    assert.deepEqual((only("kubernetes:eks.amazonaws.com/v1:NodeClass")["spec"] as { tags: object }).tags, TAGS);
    const { role, policy } = inputs(of("aws:iam/rolePolicy:RolePolicy").find(({ name }) => name === "slipway-prod-tagging"));
    assert.equal(role, "slipway-prod", "the cluster's own role");
    for (const action of ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:CreateVolume", "ec2:CreateNetworkInterface"]) {
      assert.ok(allows(String(policy), action, "arn:aws:ec2:eu-central-1:111122223333:volume/vol-1"), action);
    }
    for (const { Condition } of (JSON.parse(String(policy)) as { Statement: { Condition: { StringEquals: object } }[] }).Statement) {
      assert.deepEqual(Condition.StringEquals, { "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" });
    }
  });

  it("tags the volumes of claims, whoever makes the nodes", async () => {
    const [auto, groups] = [only("kubernetes:storage.k8s.io/v1:StorageClass"), only("kubernetes:storage.k8s.io/v1:StorageClass", await resources({ "slipway:compute": "node-groups" }))];
    assert.deepEqual([auto["provisioner"], groups["provisioner"]], ["ebs.csi.eks.amazonaws.com", "ebs.csi.aws.com"]);
    for (const { parameters } of [auto, groups]) assert.deepEqual(Object.entries(parameters as object).filter(([key]) => key.startsWith("tagSpecification_")).map(([, tag]) => String(tag)), Object.entries(TAGS).map(([key, value]) => `${key}=${value}`));
  });

  it("tags machines, disks and network interfaces of node groups", async () => {
    const specifications = only("aws:ec2/launchTemplate:LaunchTemplate", await resources({ "slipway:compute": "node-groups" }))["tagSpecifications"] as unknown as { resourceType: string; tags: object }[];
    assert.deepEqual(specifications.map(({ resourceType }) => resourceType), ["instance", "volume", "network-interface"]);
    for (const { tags } of specifications) assert.deepEqual(tags, { ...TAGS, Name: "slipway-prod-node" });
  });

  it("lets AWS use a key for the one thing it is for", () => {
    const users = of("aws:kms/key:Key").map(inputs).flatMap(({ policy }) => (JSON.parse(String(policy)) as { Statement: { Principal: { Service?: string[] }; Condition?: object }[] }).Statement).filter(({ Principal }) => Principal.Service);
    const log = (group: string) => `arn:aws:logs:eu-central-1:111122223333:log-group:${group}`;
    assert.deepEqual(users.map(({ Condition }) => Condition).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)), [
      ["/aws/eks/slipway-prod/cluster"], ["/aws/rds/instance/shop/error", "/aws/rds/instance/shop/slowquery"], ["/slipway/slipway-prod-kafka/brokers"], ["/slipway/slipway-prod/flow"],
    ].map((groups) => ({ ArnEquals: { "kms:EncryptionContext:aws:logs:arn": groups.map(log) } }) as object).concat({ ArnEquals: { "kms:EncryptionContext:aws:sns:topicArn": ["arn:aws:sns:eu-central-1:111122223333:slipway-prod-alarms"] } }));
  });

  it("keeps every log encrypted and for a time, those of EKS and RDS as well", () => {
    const groups = of("aws:cloudwatch/logGroup:LogGroup").map(inputs);
    assert.deepEqual(groups.map(({ name }) => name).toSorted(), ["/aws/eks/slipway-prod/cluster", "/aws/rds/instance/shop/error", "/aws/rds/instance/shop/slowquery", "/slipway/slipway-prod-kafka/brokers", "/slipway/slipway-prod/flow"]);
    for (const { name, kmsKeyId, retentionInDays } of groups) assert.ok(kmsKeyId && Number(retentionInDays) > 0, String(name));
  });

  it("shows no secret in what it registers", () => assert.doesNotMatch(JSON.stringify(all), /password-of-/));
});
