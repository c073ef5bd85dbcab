import assert from "node:assert/strict";
import { ACCOUNT, TODAY, assertRefused, prodPlan as plan, settingFaults } from "../../../test/aws-account.ts";
import { readAwsSettings } from "./read-settings.ts";

describe("settings of an AWS account", () => {
  it("need seven facts and decide the rest", () => {
    const settings = readAwsSettings(ACCOUNT, [plan], TODAY);
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
      readAwsSettings({ ...ACCOUNT, "slipway:imagePlatforms": asked }, [plan], TODAY).images.platforms;
    assert.deepEqual(readAwsSettings(ACCOUNT, [plan], TODAY).images.platforms, ["linux/amd64"]);
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
    for (const key of Object.keys(ACCOUNT))
      assert.match(
        message,
        new RegExp(`${key}: found nothing, allowed: .+ Fix: write .${key}: \\S+. below config in Pulumi.prod.yaml`),
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
    [
      "a secret that is none",
      { "slipway:mailSecret": "my secret" },
      /slipway:mailSecret: found "my secret", allowed: a value such as slipway\/mail/,
    ],
    [
      "a chat room that is none",
      { "slipway:chat": "on call" },
      /slipway:chat: found "on call", allowed: a value such as #on-call\. Fix: write `slipway:chat: "#on-call"/,
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
      /slipway:monitoring: found "off", allowed: standard or lab.* Fix: write `slipway:monitoring: standard/,
    ],
    [
      "a word that is none of the allowed",
      { "slipway:nat": "none" },
      /slipway:nat: found "none", allowed: per-zone or shared/,
    ],
    [
      "images for a machine that nobody has",
      { "slipway:imagePlatforms": "linux/amd64,linux/riscv" },
      /slipway:imagePlatforms: found "linux\/amd64,linux\/riscv", allowed: one or more of linux\/amd64,linux\/arm64\. Fix: write `slipway:imagePlatforms: linux\/amd64,linux\/arm64/,
    ],
    ["images for no machine at all", { "slipway:imagePlatforms": "[]" }, /slipway:imagePlatforms: found nothing/],
    [
      "a setting nobody reads",
      { "slipway:zone": "3" },
      /slipway:zone: found "a setting nobody reads", allowed: .*slipway:zones.* Fix: did you mean slipway:zones\? Write `slipway:zones` instead of `slipway:zone` in Pulumi\.prod\.yaml/,
    ],
    [
      "a letter of another size, without dropping what is set",
      { "slipway:databaseclass": "db.m7g.xlarge" },
      /slipway:databaseclass: found "a setting nobody reads".* Fix: did you mean slipway:databaseClass\? Write `slipway:databaseClass`/,
    ],
    [
      "a setting that is read elsewhere, misspelt",
      { "slipway:monitorin": "lab" },
      /slipway:monitorin: .* Fix: did you mean slipway:monitoring\?/,
    ],
    [
      "a setting of two spellings, the wrong one",
      { "slipway:databaseclass": "db.m7g.xlarge", "slipway:databaseClass": "db.m7g.large" },
      /slipway:databaseclass: .* Fix: remove `slipway:databaseclass` from Pulumi\.prod\.yaml/,
    ],
    [
      "a region without its hyphen, and name the one that was meant",
      { "aws:region": "us-east1" },
      /aws:region: found "us-east1", .* Fix: write `aws:region: us-east-1` below config/,
    ],
    [
      "a word with a letter too few, and name the one that was meant",
      { "slipway:nat": "share", "slipway:databaseClass": "db.r7g.xlrge" },
      /Fix: write `slipway:nat: shared`[^]*`slipway:databaseClass: db\.r7g\.xlarge`|`slipway:databaseClass: db\.r7g\.xlarge`[^]*`slipway:nat: shared`/,
    ],
    [
      "a setting of a provider that is not used",
      { "aws:profile": "prod" },
      /aws:profile: found "a setting nobody reads"/,
    ],
  ];
  for (const [why, config, said] of bad) it(`refuse ${why}`, () => assertRefused(config, said));

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
    const said = settingFaults(wrong);
    const named = new Set([...said.matchAll(/^ {2}(\S+): found/gm)].map(([, key = ""]) => key));
    assert.deepEqual(
      [...named].toSorted(),
      [...Object.keys(wrong), "slipway:zones"]
        .filter((key) => key !== "aws:region" && key !== "slipway:peerCidrs")
        .toSorted(),
    );
    assertRefused(wrong, /nothing was created/);
  });
});
