import assert from "node:assert/strict";
import { awsAnswers } from "../../test/aws-answers.ts";
import { type AwsGraph, awsGraph, awsPlatform, inputs } from "../../test/aws-graph.ts";
import { describePlatform } from "../../test/platform.contract.ts";
import { shopPlan } from "../../test/shop.ts";
import { STAGE } from "../../model/stage.ts";

describePlatform("AWS", (plan, parent) => awsPlatform({ ...plan, numbers: STAGE.prod }, parent), awsAnswers);

describe("AWS platform", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  it("spreads over three zones, nodes and stores in private subnets only", () => {
    const subnets = shop.of("aws:ec2/subnet:Subnet").map(inputs);
    assert.equal(new Set(subnets.map(({ availabilityZone }) => availabilityZone)).size, 3);
    assert.equal(subnets.filter(({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch).length, 0);
    assert.deepEqual(subnets.map(({ cidrBlock }) => String(cidrBlock)).toSorted(), [
      "10.0.0.0/20",
      "10.0.16.0/20",
      "10.0.240.0/24",
      "10.0.241.0/24",
      "10.0.242.0/24",
      "10.0.32.0/20",
    ]);
    assert.equal(shop.of("aws:ec2/natGateway:NatGateway").length, 3);
    const endpoints = shop
      .of("aws:ec2/vpcEndpoint:VpcEndpoint")
      .map(inputs)
      .map(({ serviceName }) => String(serviceName).replace("com.amazonaws.eu-central-1.", ""));
    assert.deepEqual(endpoints.toSorted(), ["ecr.api", "ecr.dkr", "logs", "s3", "secretsmanager", "sts"]);
    assert.equal(shop.of("aws:ec2/flowLog:FlowLog").length, 1);
  });

  it("uses whole zones in which EKS has a control plane, no Local Zone", async () => {
    let asked: Readonly<Record<string, unknown>> = {};
    await awsGraph({}, (type, name, given) => {
      if (type.endsWith(":getAvailabilityZones")) asked = given;
      return awsAnswers(type, name, given);
    });
    assert.deepEqual(asked["filters"], [{ name: "opt-in-status", values: ["opt-in-not-required"] }]);
    assert.ok(
      (asked["excludeZoneIds"] as string[]).includes("use1-az3"),
      "the first zones of an account in us-east-1 may be that one",
    );
  });

  it("runs Kafka with TLS and IAM only, no topic by accident, three copies", () => {
    const { clientAuthentication, encryptionInfo, numberOfBrokerNodes, brokerNodeGroupInfo, openMonitoring } =
      shop.only("aws:msk/cluster:Cluster");
    assert.deepEqual(clientAuthentication, { sasl: { iam: true, scram: false }, unauthenticated: false });
    assert.deepEqual(encryptionInfo, {
      encryptionAtRestKmsKeyArn: "arn:aws:kms:slipway-prod-kafka",
      encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    });
    assert.equal(numberOfBrokerNodes, 3);
    assert.equal(
      (brokerNodeGroupInfo as { connectivityInfo: { publicAccess: { type: string } } }).connectivityInfo.publicAccess
        .type,
      "DISABLED",
    );
    assert.ok(openMonitoring);
    const properties = String(shop.only("aws:msk/configuration:Configuration")["serverProperties"]);
    for (const line of [
      "auto.create.topics.enable=false",
      "default.replication.factor=3",
      "min.insync.replicas=2",
      "unclean.leader.election.enable=false",
    ])
      assert.ok(properties.includes(line), line);
  });

  it("declares every topic with its dead-letter twin, and a role of its own for each service", () => {
    const topics = shop
      .of("aws:msk/topic:Topic")
      .map(inputs)
      .map(({ name }) => String(name));
    for (const { name } of shopPlan().messaging.topics) assert.ok(topics.includes(name), name);
    for (const { configs } of shop.of("aws:msk/topic:Topic").map(inputs))
      assert.equal((JSON.parse(String(configs)) as Record<string, string>)["unclean.leader.election.enable"], "false");
    const associations = shop
      .of("aws:eks/podIdentityAssociation:PodIdentityAssociation")
      .map(inputs)
      .map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`);
    assert.deepEqual(
      associations.toSorted(),
      shopPlan()
        .workloads.filter(({ network }) => network.toKafka)
        .map(({ name }) => `shop/${name}`)
        .toSorted(),
    );
  });

  it("keeps databases in two zones, encrypted, private, backed up and hard to delete", () => {
    const database = shop.only("aws:rds/instance:Instance");
    const expected = {
      multiAz: true,
      storageEncrypted: true,
      publiclyAccessible: false,
      deletionProtection: true,
      skipFinalSnapshot: false,
      manageMasterUserPassword: true,
      iamDatabaseAuthenticationEnabled: true,
      performanceInsightsEnabled: true,
      enabledCloudwatchLogsExports: ["error", "slowquery"],
      port: 3306,
    };
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(database[key], value, key);
    assert.ok(
      Number(database["backupRetentionPeriod"]) >= 7 &&
        Number(database["maxAllocatedStorage"]) > Number(database["allocatedStorage"]),
    );
    const parameters = shop.only("aws:rds/parameterGroup:ParameterGroup")["parameters"] as {
      name: string;
      value: string;
    }[];
    assert.ok(parameters.some(({ name, value }) => name === "require_secure_transport" && value === "1"));
  });

  it("can change what takes another version or another machine: nothing that is made anew for it has a name of its own", async () => {
    assert.equal(shop.only("aws:rds/parameterGroup:ParameterGroup")["name"], undefined);
    assert.equal(shop.only("aws:msk/configuration:Configuration")["kafkaVersions"], undefined);
    const groups = await awsGraph({ "slipway:compute": "node-groups" });
    for (const { nodeGroupName } of groups.of("aws:eks/nodeGroup:NodeGroup").map(inputs))
      assert.equal(nodeGroupName, undefined);
  });

  it("gives each owner a server of its own where asked, with a generated password where asked", async () => {
    const separate = await awsGraph({ "slipway:databasePer": "service", "slipway:databaseMaster": "generated" });
    const servers = separate.of("aws:rds/instance:Instance").map(inputs);
    assert.deepEqual(
      servers.map(({ identifier }) => identifier),
      shopPlan().databases.map(({ owner }) => `shop-${owner}`),
    );
    for (const { password } of servers) assert.equal(password, "[secret]");
  });

  it("pushes images to repositories whose tags cannot move, and runs them by digest", () => {
    for (const repository of shop.of("aws:ecr/repository:Repository").map(inputs)) {
      assert.equal(repository["imageTagMutability"], "IMMUTABLE");
      assert.deepEqual(repository["imageScanningConfiguration"], { scanOnPush: true });
      assert.equal((repository["encryptionConfigurations"] as { encryptionType: string }[])[0]?.encryptionType, "KMS");
    }
    const order = shop.of("kubernetes:apps/v1:Deployment").find(({ name }) => name === "shop-order");
    assert.match(JSON.stringify(order?.inputs), /registry\/slipway\/shop\/order@sha256:/);
  });

  it("builds every image for all platforms that are asked for, under a tag of its own", async () => {
    const images = async (config: Record<string, string> = {}) =>
      (await awsGraph(config))
        .of("docker-build:index:Image")
        .map(inputs)
        .map(({ platforms, tags, push, buildOnPreview }) => ({ platforms, tags, push, buildOnPreview }));
    const order = (platforms: string[], tag: string) => ({
      platforms,
      tags: [`registry/slipway/shop/order:${tag}`],
      push: true,
      buildOnPreview: false,
    });
    const [one, two] = [await images(), await images({ "slipway:imagePlatforms": "linux/amd64,linux/arm64" })];
    assert.deepEqual(
      one.find(({ tags }) => String(tags).includes("/shop/order")),
      order(["linux/amd64"], "b1-amd64-a1b2c3"),
    );
    assert.deepEqual(
      two.find(({ tags }) => String(tags).includes("/shop/order")),
      order(["linux/amd64", "linux/arm64"], "b1-amd64-arm64-a1b2c3"),
    );
    for (const { platforms } of two) assert.deepEqual(platforms, ["linux/amd64", "linux/arm64"]);
  });

  it("gives every build a tag of its own, so that an earlier release can be built again", () => {
    const builds = shop.of("random:index/randomString:RandomString").map(inputs);
    assert.deepEqual(
      builds.map(({ keepers }) => keepers),
      builds.map(() => ({ version: "b1", builtFor: "amd64" })),
    );
    assert.equal(builds.length, shop.of("docker-build:index:Image").length);
  });

  it("counts releases, not the parts of an image, when it lets old ones go", () => {
    for (const { policy } of shop.of("aws:ecr/lifecyclePolicy:LifecyclePolicy").map(inputs)) {
      const { rules } = JSON.parse(String(policy)) as {
        rules: { selection: { tagStatus: string; countType: string } }[];
      };
      assert.deepEqual(
        rules.map(({ selection }) => [selection.countType, selection.tagStatus]),
        [
          ["sinceImagePushed", "untagged"],
          ["imageCountMoreThan", "tagged"],
        ],
      );
    }
  });

  it("shows the internet one thing only: a load balancer that speaks TLS", () => {
    const open = shop
      .of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .filter((rule) => inputs(rule)["cidrIpv4"] === "0.0.0.0/0");
    assert.deepEqual(open.map((rule) => inputs(rule)["toPort"]).toSorted(), [443, 80]);
    const [redirect] = shop
      .of("aws:lb/listener:Listener")
      .map(inputs)
      .filter(({ port }) => port === 80) as unknown as {
      defaultActions: { type: string; redirect: { protocol: string } }[];
    }[];
    assert.deepEqual(
      [redirect?.defaultActions[0]?.type, redirect?.defaultActions[0]?.redirect.protocol],
      ["redirect", "HTTPS"],
    );
  });

  it("lets the controller of Auto Mode register pods with the load balancer: it may only where the cluster's name is", () => {
    assert.deepEqual(shop.only("aws:lb/targetGroup:TargetGroup")["tags"], {
      system: "shop",
      owner: "shop-team",
      "eks:eks-cluster-name": "slipway-prod",
    });
  });

  it("lets nothing that holds data be replaced or deleted by a slip", () => {
    const holding = [
      "aws:rds/instance:Instance",
      "aws:msk/cluster:Cluster",
      "aws:msk/topic:Topic",
      "aws:ecr/repository:Repository",
      "aws:kms/key:Key",
      "aws:ec2/vpc:Vpc",
      "eks:index:Cluster",
    ];
    for (const type of holding) {
      assert.ok(shop.of(type).length > 0, type);
      for (const { name, protect } of shop.of(type)) assert.equal(protect, true, `${type} ${name}`);
    }
  });

  it("tells somebody about what the cluster cannot see", () => {
    const alarms = shop.of("aws:cloudwatch/metricAlarm:MetricAlarm").map(inputs);
    for (const namespace of [
      "AWS/RDS",
      "AWS/Kafka",
      "AWS/EKS",
      "AWS/NATGateway",
      "AWS/CertificateManager",
      "AWS/ApplicationELB",
    ])
      assert.ok(
        alarms.some((alarm) => alarm["namespace"] === namespace),
        namespace,
      );
    for (const { alarmActions, alarmDescription } of alarms)
      assert.ok((alarmActions as unknown[]).length > 0 && String(alarmDescription).length > 20);
    assert.equal(shop.only("aws:sns/topicSubscription:TopicSubscription")["endpoint"], "on-call@example.com");
  });

  it("waits for what it names: AWS refuses events of a server, or pods of a cluster, that is not there yet", async () => {
    const made: Readonly<Record<string, object>> = {
      "aws:rds/instance:Instance": { identifier: "made-server" },
      "aws:sns/topicPolicy:TopicPolicy": { arn: "made-policy" },
      "eks:index:Cluster": {
        eksCluster: { name: "made-cluster", roleArn: "role", vpcConfig: { clusterSecurityGroupId: "sg" } },
      },
    };
    const waiting = await awsGraph({}, (type, name, given) => ({ ...awsAnswers(type, name, given), ...made[type] }));
    const { sourceIds, snsTopic } = waiting.only("aws:rds/eventSubscription:EventSubscription");
    assert.deepEqual([sourceIds, snsTopic], [["made-server"], "made-policy"]);
    for (const { clusterName } of waiting.of("aws:eks/podIdentityAssociation:PodIdentityAssociation").map(inputs))
      assert.equal(clusterName, "made-cluster");
  });

  it("spreads over two zones behind one shared gateway where that is enough", async () => {
    const small = await awsGraph({ "slipway:zones": "2", "slipway:nat": "shared", "slipway:brokers": "4" });
    assert.equal(small.of("aws:ec2/subnet:Subnet").length, 4);
    assert.equal(small.of("aws:ec2/natGateway:NatGateway").length, 1);
    const ways = small
      .of("aws:ec2/route:Route")
      .map(inputs)
      .filter(({ natGatewayId }) => natGatewayId !== undefined);
    assert.deepEqual(
      ways.map(({ natGatewayId }) => natGatewayId),
      ["slipway-prod-1-id", "slipway-prod-1-id"],
      "each zone has its way out",
    );
    const { numberOfBrokerNodes, brokerNodeGroupInfo } = small.only("aws:msk/cluster:Cluster");
    assert.deepEqual(
      [numberOfBrokerNodes, (brokerNodeGroupInfo as { clientSubnets: string[] }).clientSubnets.length],
      [4, 2],
    );
  });

  it("puts a web firewall before the load balancer only where asked", async () => {
    assert.equal(shop.of("aws:wafv2/webAcl:WebAcl").length, 0);
    const guarded = await awsGraph({ "slipway:firewall": "on" });
    assert.equal(guarded.only("aws:wafv2/webAcl:WebAcl")["scope"], "REGIONAL");
    const balancer = inputs(guarded.of("aws:wafv2/webAclAssociation:WebAclAssociation")[0])["resourceArn"];
    assert.equal(balancer, `${guarded.of("aws:lb/loadBalancer:LoadBalancer")[0]?.name}-id`);
  });

  it("takes a certificate that exists instead of a new one", async () => {
    const certificateArn = "arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c";
    const given = await awsGraph({ "slipway:certificateArn": certificateArn });
    assert.equal(given.of("aws:acm/certificate:Certificate").length, 0);
    assert.deepEqual(
      given
        .of("aws:lb/listener:Listener")
        .map(inputs)
        .filter(({ port }) => port === 443)
        .map((listener) => listener["certificateArn"]),
      [certificateArn],
    );
  });

  it("goes on scanning images after their push where asked", async () => {
    assert.equal(shop.of("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration").length, 0);
    const { scanType, rules } = (await awsGraph({ "slipway:imageScanning": "enhanced" })).only(
      "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
    );
    assert.deepEqual(
      [scanType, (rules as unknown as { scanFrequency: string }[])[0]?.scanFrequency],
      ["ENHANCED", "CONTINUOUS_SCAN"],
    );
  });

  it("tags everything through the provider, and a system's own with its name", () => {
    assert.deepEqual(
      shop.only("pulumi:providers:aws")["defaultTags"] as unknown as string,
      JSON.stringify({
        tags: { system: "shared", stage: "prod", owner: "platform-team", cost: "cc-1", "managed-by": "slipway" },
      }),
    );
    assert.deepEqual(shop.only("pulumi:providers:aws")["allowedAccountIds"], JSON.stringify(["111122223333"]));
    assert.equal((shop.only("aws:rds/instance:Instance")["tags"] as { system: string }).system, "shop");
  });

  it("lets AWS use a key for the one thing it is for", () => {
    const users = shop
      .of("aws:kms/key:Key")
      .map(inputs)
      .flatMap(
        ({ policy }) =>
          (JSON.parse(String(policy)) as { Statement: { Principal: { Service?: string[] }; Condition?: object }[] })
            .Statement,
      )
      .filter(({ Principal }) => Principal.Service);
    const log = (group: string) => `arn:aws:logs:eu-central-1:111122223333:log-group:${group}`;
    assert.deepEqual(
      users.map(({ Condition }) => Condition).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      [
        ["/aws/eks/slipway-prod/cluster"],
        ["/aws/rds/instance/shop/error", "/aws/rds/instance/shop/slowquery"],
        ["/slipway/slipway-prod-kafka/brokers"],
        ["/slipway/slipway-prod/flow"],
      ]
        .map((groups) => ({ ArnEquals: { "kms:EncryptionContext:aws:logs:arn": groups.map(log) } }) as object)
        .concat({
          ArnEquals: {
            "kms:EncryptionContext:aws:sns:topicArn": ["arn:aws:sns:eu-central-1:111122223333:slipway-prod-alarms"],
          },
        }),
    );
  });

  it("keeps every log encrypted and for a time, those of EKS and RDS as well", () => {
    const groups = shop.of("aws:cloudwatch/logGroup:LogGroup").map(inputs);
    assert.deepEqual(groups.map(({ name }) => name).toSorted(), [
      "/aws/eks/slipway-prod/cluster",
      "/aws/rds/instance/shop/error",
      "/aws/rds/instance/shop/slowquery",
      "/slipway/slipway-prod-kafka/brokers",
      "/slipway/slipway-prod/flow",
    ]);
    for (const { name, kmsKeyId, retentionInDays } of groups)
      assert.ok(kmsKeyId && Number(retentionInDays) > 0, String(name));
  });

  it("shows no secret in what it registers", () => assert.doesNotMatch(JSON.stringify(shop.all), /password-of-/));
});
