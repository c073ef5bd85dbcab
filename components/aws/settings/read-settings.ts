import type { SystemPlan } from "../../../model/plan.ts";
import { named, oneOf, someOf, text, type Reader, wholeNumber } from "./setting.ts";
import { settingsFile } from "../../../model/setting-fix.ts";
import { EXAMPLE_ACCOUNT } from "../account/example-account.ts";
import { REGION_ZONES } from "../account/supported.ts";
import type { AwsSettings, ExistingCluster, ExistingNetwork, NewCluster, NewNetwork } from "../account/settings.ts";
import { checkCapacity } from "./check-capacity.ts";
import { checkCluster } from "./check-cluster.ts";
import { checkClaims } from "./check-claims.ts";
import { checkNames } from "./check-names.ts";
import { checkNetwork } from "./check-network.ts";
import { checkVersions } from "./check-versions.ts";
import { SettingReader } from "./setting-reader.ts";

const OF_THEIR_NETWORK = "only beside slipway:vpcId";
const OF_OUR_NETWORK = "only without slipway:vpcId: there are no zones to choose and no gateways to make";
const OF_OUR_CLUSTER = "only without slipway:existingCluster: somebody else's stays as it is";
/** When a setting has a meaning that has none in every combination. */
const CONDITIONS: Readonly<Record<string, string>> = {
  "slipway:privateSubnets": OF_THEIR_NETWORK,
  "slipway:publicSubnets": OF_THEIR_NETWORK,
  "slipway:zones": OF_OUR_NETWORK,
  "slipway:nat": OF_OUR_NETWORK,
  "slipway:clusterVersion": OF_OUR_CLUSTER,
  "slipway:publicCidrs": OF_OUR_CLUSTER,
  "slipway:adminRoles": OF_OUR_CLUSTER,
};

/** As the certificate takes it, which is for no longer a name than 64 characters. */
const DOMAIN = /^(?=.{1,64}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/;

/** Which stack's settings they are, and keys that somebody else reads. */
interface Asked {
  readonly stack: string;
  readonly others: readonly string[];
}

/**
 * Reads the account's facts from the stack's configuration. Throws one error that lists everything that is wrong, each
 * with its key, what was found and an example that is allowed: before anything is asked of AWS.
 */
export function readAwsSettings(
  config: Readonly<Record<string, string>>,
  plans: readonly SystemPlan[],
  today: string,
  { stack, others }: Asked = { stack: "prod", others: [] },
): AwsSettings {
  const reader = new SettingReader(config, settingsFile(stack));
  refuseSilence(reader);
  const settings: AwsSettings = {
    ...account(reader),
    alarmEmail: text(reader, "slipway:alarmEmail", /^[^@\s]+@[^@\s]+\.[^@\s]+$/, "on-call@example.com"),
    mail: mail(reader),
    ...otherWays(reader),
    network: network(reader),
    cluster: cluster(reader),
    images: {
      platforms: someOf(reader, "slipway:imagePlatforms", ["linux/amd64", "linux/arm64"]),
      scanning: oneOf(reader, "slipway:imageScanning", ["basic", "enhanced"]),
    },
    ...stores(reader, plans),
    firewall: oneOf(reader, "slipway:firewall", ["off", "on"]),
  };
  checkVersions(reader, settings, today);
  checkNetwork(reader, settings);
  checkCluster(reader, settings);
  checkCapacity(reader, settings, plans);
  for (const plan of plans) checkNames(reader, plan);
  checkClaims(reader, plans, settings);
  reader.reportUnread(others, CONDITIONS);
  reader.assertNothingWrong();
  return settings;
}

function refuseSilence(reader: SettingReader): void {
  if (reader.value("slipway:monitoring") !== "off") return;
  const allowed = "standard or lab: nothing runs here that nobody watches";
  reader.report({ key: "slipway:monitoring", found: "off", allowed, example: "standard" });
}

/** Whose account it is, where, and under which name it is known. */
function account(
  reader: Reader,
): Pick<AwsSettings, "accountId" | "region" | "domain" | "certificateArn" | "owner" | "costCenter"> {
  return {
    accountId: text(reader, "slipway:accountId", /^\d{12}$/, EXAMPLE_ACCOUNT),
    region: named(reader, "aws:region", Object.keys(REGION_ZONES), "eu-central-1"),
    domain: text(reader, "slipway:domain", DOMAIN, "shop.example.com"),
    certificateArn: certificate(reader),
    owner: text(reader, "slipway:owner", /^[a-z][a-z0-9-]{0,62}$/, "platform-team", "platform-team"),
    costCenter: text(reader, "slipway:costCenter", /^[\w.-]{1,256}$/, "cc-1001"),
  };
}

function stores(reader: Reader, plans: readonly SystemPlan[]): Pick<AwsSettings, "kafka" | "database" | "cache"> {
  return {
    kafka: {
      version: reader.value("slipway:kafkaVersion") ?? "4.1.x.kraft",
      brokerClass: reader.value("slipway:brokerClass") ?? "kafka.m7g.large",
      brokers: wholeNumber(reader, "slipway:brokers", plans[0]?.numbers.kafka.brokers ?? 3),
    },
    database: {
      version: reader.value("slipway:mariadbVersion") ?? "11.4",
      postgresVersion: reader.value("slipway:postgresVersion") ?? "17",
      instanceClass: reader.value("slipway:databaseClass") ?? "db.m7g.large",
      per: oneOf(reader, "slipway:databasePer", ["system", "service"]),
      master: oneOf(reader, "slipway:databaseMaster", ["managed", "generated"]),
    },
    cache: {
      version: reader.value("slipway:valkeyVersion") ?? "8.1",
      nodeType: reader.value("slipway:cacheClass") ?? "cache.m7g.large",
    },
  };
}

/** The user is made by SES: no default could be right. */
function mail(reader: Reader): AwsSettings["mail"] {
  return {
    from: text(
      reader,
      "slipway:mailFrom",
      /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
      "alerts@example.com",
      `alerts@${reader.value("slipway:domain") ?? "example.com"}`,
    ),
    user: text(reader, "slipway:mailUser", /^[\w+=,.@-]{1,128}$/, "AKIAIOSFODNN7EXAMPLE"),
    secret: text(
      reader,
      "slipway:mailSecret",
      /^[\w/+=.@-]{1,512}$|^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+$/,
      "slipway/mail",
      "slipway/mail",
    ),
  };
}

/** Who hears of trouble beside the mails. The heartbeat is somebody else's: no default could be right. */
function otherWays(reader: Reader): Pick<AwsSettings, "chat" | "pager" | "heartbeat"> {
  return {
    chat:
      reader.value("slipway:chat") === undefined
        ? null
        : text(reader, "slipway:chat", /^#[a-z0-9_-]{1,79}$/, "#on-call"),
    pager: oneOf(reader, "slipway:pager", ["off", "on"]),
    heartbeat: text(
      reader,
      "slipway:heartbeat",
      /^https:\/\/([a-z0-9-]+\.)+[a-z]{2,}(:\d+)?(\/[^\s"]*)?$/i,
      "https://hc-ping.example.com/slipway-prod",
    ),
  };
}

function certificate(reader: Reader): string | null {
  if (reader.value("slipway:certificateArn") === undefined) return null;
  return text(
    reader,
    "slipway:certificateArn",
    /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
    `arn:aws:acm:eu-central-1:${EXAMPLE_ACCOUNT}:certificate/0a1b2c`,
  );
}

function network(reader: Reader): NewNetwork | ExistingNetwork {
  const cidr = reader.value("slipway:vpcCidr") ?? "10.0.0.0/16";
  if (reader.value("slipway:vpcId") === undefined) {
    const zones = Number(oneOf(reader, "slipway:zones", ["3", "2"]));
    return { kind: "new", cidr, zones, nat: oneOf(reader, "slipway:nat", ["per-zone", "shared"]) };
  }
  return {
    kind: "existing",
    cidr,
    vpcId: text(reader, "slipway:vpcId", /^vpc-[0-9a-f]{8,17}$/, "vpc-0123456789abcdef0"),
    privateSubnetIds: reader.list("slipway:privateSubnets"),
    publicSubnetIds: reader.list("slipway:publicSubnets"),
  };
}

function cluster(reader: Reader): NewCluster | ExistingCluster {
  const compute = oneOf(reader, "slipway:compute", ["auto", "node-groups"]);
  if (reader.value("slipway:existingCluster") !== undefined)
    return {
      kind: "existing",
      name: text(reader, "slipway:existingCluster", /^[0-9A-Za-z][\w-]{0,99}$/, "theirs"),
      compute,
    };
  return {
    kind: "new",
    version: reader.value("slipway:clusterVersion") ?? "1.35",
    compute,
    publicCidrs: reader.list("slipway:publicCidrs"),
    adminRoles: reader.list("slipway:adminRoles"),
  };
}
