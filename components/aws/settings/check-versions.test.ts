import assert from "node:assert/strict";
import { assertRefused, settingFaults } from "../../../test/aws-account.ts";

type Bad = readonly [why: string, config: Record<string, string>, said: RegExp];
const bad: readonly Bad[] = [
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
];

describe("versions of what AWS runs", () => {
  for (const [why, config, said] of bad) it(`refuse ${why}`, () => assertRefused(config, said));

  it("refuse one from the day after its support ends", () => {
    assert.equal(settingFaults({ "slipway:clusterVersion": "1.34" }, undefined, "2026-12-02"), "");
    assert.match(settingFaults({ "slipway:clusterVersion": "1.34" }, undefined, "2026-12-03"), /ended on 2026-12-02/);
  });
});
