import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAwsSettings } from "../../components/aws/settings/read-settings.ts";
import { withoutEncrypted } from "./encrypted-settings.ts";
import { readConfig } from "./plan-only.ts";

const SECURE = { secure: "v1:8kqGAPB2Sg4=:c2VjcmV0" };
const TODAY = "2026-11-21";
const REQUIRED = [
  "aws:region",
  "slipway:accountId",
  "slipway:domain",
  "slipway:alarmEmail",
  "slipway:costCenter",
  "slipway:mailUser",
  "slipway:heartbeat",
];
const encrypted = (keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.map((key) => [key, SECURE]));
/** As the engine hands settings over. */
const asText = (settings: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );

describe("encrypted settings of a plan without a passphrase", () => {
  const combinations: readonly (readonly [what: string, config: Record<string, unknown>])[] = [
    ["everything that is required", {}],
    [
      "what a person may decide",
      encrypted(
        [
          "chat",
          "pager",
          "owner",
          "certificateArn",
          "zones",
          "nat",
          "vpcCidr",
          "peerCidrs",
          "clusterVersion",
          "compute",
          "publicCidrs",
          "adminRoles",
          "kafkaVersion",
          "brokerClass",
          "brokers",
          "mariadbVersion",
          "databaseClass",
          "databasePer",
          "databaseMaster",
          "imagePlatforms",
          "imageScanning",
          "firewall",
          "mailFrom",
          "mailSecret",
        ].map((key) => `slipway:${key}`),
      ),
    ],
    [
      "somebody else's network and cluster",
      encrypted(
        ["vpcId", "vpcCidr", "privateSubnets", "publicSubnets", "existingCluster"].map((key) => `slipway:${key}`),
      ),
    ],
    [
      "zones and brokers of a small region, and a certificate there",
      { "aws:region": "us-west-1", ...encrypted(["slipway:zones", "slipway:brokers", "slipway:certificateArn"]) },
    ],
    ["a part of a list", { "slipway:adminRoles": [SECURE] }],
  ];
  for (const [what, config] of combinations) {
    it(`have values that pass the checks: ${what}`, () => {
      const settings = withoutEncrypted({ ...encrypted(REQUIRED), ...config }, TODAY);
      assert.doesNotMatch(JSON.stringify(settings), /secure/);
      readAwsSettings(asText(settings), [], TODAY);
    });
  }

  it("never reach the engine as they stand in the file", async () => {
    const project = mkdtempSync(join(tmpdir(), "slipway-encrypted-"));
    writeFileSync(
      join(project, "Pulumi.prod.yaml"),
      "config:\n  aws:region: eu-west-1\n  slipway:heartbeat:\n    secure: v1:8kqGAPB2Sg4=:c2VjcmV0\n",
    );
    assert.deepEqual(await readConfig(project, "prod"), {
      "aws:region": "eu-west-1",
      "slipway:heartbeat": "https://hc-ping.example.com/slipway-prod",
    });
    rmSync(project, { recursive: true });
  });

  it("leave plain settings as they are, right or wrong", () => {
    const settings = withoutEncrypted(
      { "slipway:heartbeat": SECURE, "slipway:domain": "shop", "slipway:brokers": 3 },
      TODAY,
    );
    assert.deepEqual(settings, {
      "slipway:heartbeat": "https://hc-ping.example.com/slipway-prod",
      "slipway:domain": "shop",
      "slipway:brokers": 3,
    });
  });

  it("keep a mark where no check asks for a form, and where nobody reads the setting", () => {
    assert.deepEqual(withoutEncrypted({ "slipway:costCenter": SECURE, "slipway:nobody": SECURE }, TODAY), {
      "slipway:costCenter": "plan-only",
      "slipway:nobody": "plan-only",
    });
  });
});
