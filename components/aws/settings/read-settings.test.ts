import assert from "node:assert/strict";
import { shopPlan } from "../../../test/shop.ts";
import type { SystemPlan } from "../../../model/plan.ts";
import { readAwsSettings } from "./read-settings.ts";

const GOOD = {
  "aws:region": "eu-central-1",
  "slipway:accountId": "111122223333",
  "slipway:domain": "shop.example.com",
  "slipway:alarmEmail": "on-call@example.com",
  "slipway:costCenter": "cc-1",
  "slipway:mailUser": "AKIAIOSFODNN7EXAMPLE",
  "slipway:heartbeat": "https://hc-ping.example.com/slipway-prod",
};
const TODAY = "2026-11-21";
const plan = {
  ...shopPlan(),
  numbers: { ...shopPlan().numbers, kafka: { brokers: 3, replication: 3, minInSync: 2, storage: "10Gi" } },
} as SystemPlan;

const THEIRS = {
  "slipway:vpcId": "vpc-0123456789abcdef0",
  "slipway:vpcCidr": "10.8.0.0/16",
  "slipway:privateSubnets": "subnet-0a1b2c3d4e5f60710,subnet-0a1b2c3d4e5f60711,subnet-0a1b2c3d4e5f60712",
  "slipway:publicSubnets": "subnet-0b1b2c3d4e5f60710,subnet-0b1b2c3d4e5f60711,subnet-0b1b2c3d4e5f60712",
};

function faults(config: Record<string, string>, plans: readonly SystemPlan[] = [plan], today = TODAY): string {
  try {
    readAwsSettings({ ...GOOD, ...config }, plans, today);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("settings of an AWS account", () => {
  it("need seven facts and decide the rest", () => {
    const settings = readAwsSettings(GOOD, [plan], TODAY);
    assert.deepEqual(settings.network, { kind: "new", cidr: "10.0.0.0/16", zones: 3, nat: "per-zone" });
    assert.deepEqual(settings.cluster, {
      kind: "new",
      version: "1.35",
      compute: "auto",
      publicCidrs: [],
      adminRoles: [],
    });
    assert.deepEqual(settings.kafka, { version: "4.1.x.kraft", brokerClass: "kafka.m7g.large", brokers: 3 });
  });

  it("take one platform for the images, or several in their order and each once", () => {
    const platforms = (asked: string) =>
      readAwsSettings({ ...GOOD, "slipway:imagePlatforms": asked }, [plan], TODAY).images.platforms;
    assert.deepEqual(readAwsSettings(GOOD, [plan], TODAY).images.platforms, ["linux/amd64"]);
    assert.deepEqual(platforms("linux/arm64"), ["linux/arm64"]);
    assert.deepEqual(platforms('["linux/arm64","linux/amd64","linux/arm64"]'), ["linux/arm64", "linux/amd64"]);
  });

  it("list every missing fact at once, each with its key and an example", () => {
    let message = "";
    try {
      readAwsSettings({}, [plan], TODAY);
    } catch (error) {
      message = (error as Error).message;
    }
    for (const key of Object.keys(GOOD))
      assert.match(
        message,
        new RegExp(`${key}: found nothing, allowed: .+ Fix: pulumi config set ${key} \\S+ -s prod`),
      );
  });

  type Bad = readonly [why: string, config: Record<string, string>, said: RegExp];
  const bad: readonly Bad[] = [
    ["an account that is no account", { "slipway:accountId": "42" }, /slipway:accountId: found "42"/],
    [
      "a region that is none",
      { "aws:region": "mars-north-1" },
      /aws:region: found "mars-north-1", allowed: .*eu-central-1/,
    ],
    [
      "a region without enough zones",
      { "aws:region": "us-west-1" },
      /slipway:zones: found "3", allowed: at most 2 in us-west-1/,
    ],
    [
      "a network over the cluster's services",
      { "slipway:vpcCidr": "172.20.0.0/16" },
      /slipway:vpcCidr: found "172.20.0.0\/16", allowed: a block that does not overlap 172.20.0.0\/16 \(the cluster's services\)/,
    ],
    [
      "a network over a peer's",
      { "slipway:vpcCidr": "10.0.0.0/16", "slipway:peerCidrs": "10.0.128.0/17" },
      /does not overlap 10.0.128.0\/17 \(slipway:peerCidrs\)/,
    ],
    ["a network that is too small", { "slipway:vpcCidr": "10.0.0.0/24" }, /a block from \/16 to \/18/],
    ["a block with host bits", { "slipway:vpcCidr": "10.0.1.0/16" }, /without host bits/],
    ...["127.0.0.0/16", "224.1.0.0/16", "169.254.0.0/16", "010.0.0.0/16", "10.0.0/16", "fd00::/16", "-10.0.0.0/16"].map(
      (block): Bad => [
        `the network ${block}`,
        { "slipway:vpcCidr": block },
        new RegExp(`slipway:vpcCidr: found "${block}".* Fix: pulumi config set slipway:vpcCidr 10.0.0.0/16`),
      ],
    ),
    [
      "a network over two peers', and name one over none",
      { "slipway:peerCidrs": "10.0.0.0/8,10.0.0.0/24,172.16.0.0/14" },
      /does not overlap 10.0.0.0\/8 \(slipway:peerCidrs\) or 10.0.0.0\/24 \(slipway:peerCidrs\)\. Fix: pulumi config set slipway:vpcCidr 172.21.0.0\/16/,
    ],
    [
      "a peer over the cluster's services",
      { "slipway:peerCidrs": "172.16.0.0/12" },
      /slipway:peerCidrs: found "172.16.0.0\/12", allowed: blocks that do not overlap 172.20.0.0\/16/,
    ],
    ["a peer that is none", { "slipway:peerCidrs": "office" }, /slipway:peerCidrs: found "office"/],
    ["an expired Kubernetes", { "slipway:clusterVersion": "1.32" }, /standard support of 1.32 ended on 2026-03-23/],
    [
      "an unknown Kubernetes",
      { "slipway:clusterVersion": "1.99" },
      /slipway:clusterVersion: found "1.99", allowed: 1.34 \(until 2026-12-02\), 1.35/,
    ],
    ["an expired Kafka", { "slipway:kafkaVersion": "3.7.x.kraft" }, /standard support of 3.7.x.kraft ended/],
    [
      "Kafka with ZooKeeper",
      { "slipway:kafkaVersion": "3.6.0" },
      /slipway:kafkaVersion: found "3.6.0", allowed: 3.9.x.kraft/,
    ],
    ["an expired MariaDB", { "slipway:mariadbVersion": "10.6" }, /standard support of 10.6 ended on 2026-08-31/],
    [
      "a class that MariaDB has not",
      { "slipway:databaseClass": "db.serverless" },
      /slipway:databaseClass: found "db.serverless", allowed: db.t4g.medium/,
    ],
    [
      "a class without Database Insights",
      { "slipway:databaseClass": "db.t4g.small" },
      /slipway:databaseClass: found "db.t4g.small", allowed: db.t4g.medium/,
    ],
    ["a broker type that MSK has not", { "slipway:brokerClass": "kafka.x9.huge" }, /slipway:brokerClass/],
    [
      "brokers that are no multiple of the zones",
      { "slipway:brokers": "4" },
      /slipway:brokers: found "4", allowed: a multiple of the 3 zones, at least 3/,
    ],
    [
      "brokers that fit the zones of somebody's wish only",
      { "aws:region": "us-west-1", "slipway:zones": "3", "slipway:brokers": "3" },
      /slipway:brokers: found "3", allowed: a multiple of the 2 zones.* Fix: pulumi config set slipway:brokers 4/,
    ],
    [
      "more brokers than a cluster has",
      { "slipway:brokers": "3000000" },
      /slipway:brokers: found "3000000", .* at most 60\. Fix: pulumi config set slipway:brokers 3 /,
    ],
    ...["three", "-3", "0", "3.0", "0x3", "3e0", "Infinity"].map(
      (count): Bad => [
        `${count} brokers`,
        { "slipway:brokers": count },
        new RegExp(`slipway:brokers: found "${count}", .* Fix: pulumi config set slipway:brokers 3 `),
      ],
    ),
    [
      "fewer brokers than copies",
      { "slipway:brokers": "2", "slipway:zones": "2" },
      /slipway:brokers: found "2".* Fix: pulumi config set slipway:brokers 4/,
    ],
    ...[
      "shop",
      "-shop-.example.com",
      "shop..com",
      "Shop.example.com",
      "münchen.example.com",
      `${"long.".repeat(13)}com`,
    ].map(
      (domain): Bad => [
        `the domain ${domain}`,
        { "slipway:domain": domain },
        new RegExp(`slipway:domain: found "${domain}"`),
      ],
    ),
    [
      "a certificate of another region",
      { "slipway:certificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/ab" },
      /a certificate of eu-central-1/,
    ],
    [
      "a certificate of another account",
      { "slipway:certificateArn": "arn:aws:acm:eu-central-1:999988887777:certificate/ab" },
      /a certificate of eu-central-1 in the account 111122223333/,
    ],
    ...["0.0.0.0/0", "0.0.0.0/1", "10.1.0.0/24", "203.0.113.0/24", "everybody", "2001:db8::/32"].map(
      (block): Bad => [
        `an API server for ${block}`,
        { "slipway:publicCidrs": block },
        new RegExp(`slipway:publicCidrs: found "${block}".*checkip`),
      ],
    ),
    [
      "an administrator who is no role",
      { "slipway:adminRoles": "arn:aws:iam::111122223333:root" },
      /slipway:adminRoles: found "arn:aws:iam::111122223333:root"/,
    ],
    [
      "two administrators of one name, of whom one would be lost",
      { "slipway:adminRoles": "arn:aws:iam::111122223333:role/Admin,arn:aws:iam::999988887777:role/Admin" },
      /slipway:adminRoles: found "arn:aws:iam::999988887777:role\/Admin", allowed: roles by their ARNs, each of another name/,
    ],
    [
      "an existing network without subnets",
      { "slipway:vpcId": "vpc-0123456789abcdef0" },
      /slipway:privateSubnets: found nothing, allowed: two or three different subnets/,
    ],
    [
      "an existing network of one subnet",
      { ...THEIRS, "slipway:publicSubnets": "subnet-0b1b2c3d4e5f60710" },
      /slipway:publicSubnets: found "subnet-0b1b2c3d4e5f60710", allowed: two or three/,
    ],
    [
      "an existing network of more subnets than MSK takes",
      { ...THEIRS, "slipway:privateSubnets": `${THEIRS["slipway:privateSubnets"]},subnet-0a1b2c3d4e5f60713` },
      /slipway:privateSubnets: found .*, allowed: two or three/,
    ],
    [
      "an existing network of more subnets than the region has zones",
      { ...THEIRS, "aws:region": "us-west-1" },
      /slipway:privateSubnets: found .*, allowed: two different/,
    ],
    [
      "private subnets that are public",
      { ...THEIRS, "slipway:publicSubnets": THEIRS["slipway:privateSubnets"] },
      /slipway:publicSubnets: found .* none of them both private and public/,
    ],
    [
      "subnets of a network that is not named",
      { "slipway:privateSubnets": THEIRS["slipway:privateSubnets"] },
      /slipway:privateSubnets: found "a setting nobody reads", allowed: only beside slipway:vpcId\. Fix: pulumi config rm slipway:privateSubnets -s prod/,
    ],
    [
      "zones of somebody else's network",
      { ...THEIRS, "slipway:zones": "2" },
      /slipway:zones: found "a setting nobody reads", allowed: only without slipway:vpcId/,
    ],
    [
      "a version of somebody else's cluster",
      { ...THEIRS, "slipway:existingCluster": "theirs", "slipway:clusterVersion": "1.35" },
      /slipway:clusterVersion: found "a setting nobody reads", allowed: only without slipway:existingCluster/,
    ],
    [
      "a cluster of no possible name",
      { ...THEIRS, "slipway:existingCluster": "the irs" },
      /slipway:existingCluster: found "the irs"/,
    ],
    [
      "an existing network of unknown addresses",
      { "slipway:vpcId": "vpc-0123456789abcdef0" },
      /slipway:vpcCidr: found nothing, allowed: the address block of vpc-0123456789abcdef0/,
    ],
    [
      "an existing cluster in a new network",
      { "slipway:existingCluster": "theirs" },
      /slipway:vpcId: found nothing, allowed: the network of the cluster theirs/,
    ],
    [
      "images for machines that Auto Mode of an existing cluster has not",
      { "slipway:existingCluster": "theirs", "slipway:imagePlatforms": "linux/arm64" },
      /slipway:imagePlatforms: found "linux\/arm64"/,
    ],
    [
      "a secret that is none",
      { "slipway:mailSecret": "my secret" },
      /slipway:mailSecret: found "my secret", allowed: a value such as slipway\/mail/,
    ],
    [
      "a chat room that is none",
      { "slipway:chat": "on call" },
      /slipway:chat: found "on call", allowed: a value such as #on-call\. Fix: pulumi config set slipway:chat '#on-call' -s prod/,
    ],
    ["an SMTP user that is none", { "slipway:mailUser": "some body" }, /slipway:mailUser: found "some body"/],
    [
      "a heartbeat that anybody could read on its way",
      { "slipway:heartbeat": "http://hc-ping.example.com/slipway-prod" },
      /slipway:heartbeat: found "http:.*allowed: a value such as https:/,
    ],
    [
      "a heartbeat that is no address",
      { "slipway:heartbeat": "healthchecks" },
      /slipway:heartbeat: found "healthchecks"/,
    ],
    [
      "a production that nobody watches",
      { "slipway:monitoring": "off" },
      /slipway:monitoring: found "off", allowed: standard or lab.* Fix: pulumi config set slipway:monitoring standard/,
    ],
    [
      "a word that is none of the allowed",
      { "slipway:nat": "none" },
      /slipway:nat: found "none", allowed: per-zone or shared/,
    ],
    [
      "images for a machine that nobody has",
      { "slipway:imagePlatforms": "linux/amd64,linux/riscv" },
      /slipway:imagePlatforms: found "linux\/amd64,linux\/riscv", allowed: one or more of linux\/amd64,linux\/arm64\. Fix: pulumi config set slipway:imagePlatforms linux\/amd64,linux\/arm64 -s prod/,
    ],
    ["images for no machine at all", { "slipway:imagePlatforms": "[]" }, /slipway:imagePlatforms: found nothing/],
    [
      "a setting nobody reads",
      { "slipway:zone": "3" },
      /slipway:zone: found "a setting nobody reads", allowed: .*slipway:zones.* Fix: pulumi config rm slipway:zone -s prod/,
    ],
    [
      "a setting of a provider that is not used",
      { "aws:profile": "prod" },
      /aws:profile: found "a setting nobody reads"/,
    ],
  ];
  for (const [why, config, said] of bad) it(`refuse ${why}`, () => assert.match(faults(config), said));

  it("refuse a database that is too small for the pools, and name one that is not", () => {
    const crowded = { ...plan, databases: plan.databases.map((database) => ({ ...database, maxConnections: 900 })) };
    const said = faults({ "slipway:databaseClass": "db.t4g.medium" }, [crowded]);
    assert.match(
      said,
      /takes the 900 connections of the pools of shop \(this one takes 136 of its 170\)\. Fix: pulumi config set slipway:databaseClass db.m7g.2xlarge/,
      "MariaDB takes a connection for each 24 MiB, MySQL one for each 12",
    );
  });

  it("are all wrong at once, and right as soon as every fix that is named was made", () => {
    const wrong: Readonly<Record<string, string>> = {
      "aws:region": "us-west-1",
      "slipway:vpcCidr": "172.20.0.0/16",
      "slipway:peerCidrs": "10.0.0.0/9",
      "slipway:clusterVersion": "1.32",
      "slipway:kafkaVersion": "3.7.x.kraft",
      "slipway:mariadbVersion": "10.6",
      "slipway:databaseClass": "db.huge",
      "slipway:brokerClass": "kafka.huge",
      "slipway:brokers": "5",
      "slipway:domain": "",
      "slipway:certificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/ab",
      "slipway:accountId": "42",
      "slipway:alarmEmail": "",
      "slipway:costCenter": "",
      "slipway:nat": "none",
      "slipway:adminRoles": "admin",
      "slipway:zone": "3",
    };
    const said = faults(wrong);
    const named = new Set([...said.matchAll(/^ {2}(\S+): found/gm)].map(([, key = ""]) => key));
    assert.deepEqual(
      [...named].toSorted(),
      [...Object.keys(wrong), "slipway:zones"]
        .filter((key) => key !== "aws:region" && key !== "slipway:peerCidrs")
        .toSorted(),
    );
    const fixes = [...said.matchAll(/Fix: pulumi config (set|rm) (\S+) (\S*) ?-s prod$/gm)].map(
      ([, verb, key = "", value = ""]) => ({ verb, key, value }),
    );
    const kept = Object.entries(wrong).filter(([key]) => !fixes.some((fix) => fix.verb === "rm" && fix.key === key));
    assert.equal(
      faults({
        ...Object.fromEntries(kept),
        ...Object.fromEntries(fixes.filter(({ verb }) => verb === "set").map(({ key, value }) => [key, value])),
      }),
      "",
    );
  });

  it("refuse brokers that cannot hold the declared partitions", () => {
    const topics = Array.from({ length: 200 }, () => ({ ...plan.messaging.topics[0], partitions: 30, replication: 3 }));
    assert.match(
      faults({}, [{ ...plan, messaging: { ...plan.messaging, topics } } as SystemPlan]),
      /hold the 18000 partition copies/,
    );
  });

  it("refuse a version from the day after its support ends", () => {
    assert.equal(faults({ "slipway:clusterVersion": "1.34" }, [plan], "2026-12-02"), "");
    assert.match(faults({ "slipway:clusterVersion": "1.34" }, [plan], "2026-12-03"), /ended on 2026-12-02/);
  });
});
