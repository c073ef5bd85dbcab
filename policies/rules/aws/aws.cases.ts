import type { Cases } from "../../testing/case.ts";

const opening = "SecurityGroup/db ingress[0]";
const second = {
  type: "aws:rds/instance:Instance",
  name: "second",
  props: { maintenanceWindow: "sun:04:00-sun:05:00" },
};
const replica = {
  ...second,
  props: {
    ...second.props,
    engine: "oracle-ee",
    storageEncrypted: true,
    deletionProtection: true,
    copyTagsToSnapshot: true,
    monitoringInterval: 60,
    performanceInsightsEnabled: true,
    enabledCloudwatchLogsExports: ["alert"],
    replicateSourceDb: "db",
    tags: { system: "a", stage: "b", owner: "c" },
  },
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "stores-closed": { fails: { [`${opening}.cidrBlocks`]: ["0.0.0.0/0"] }, boundary: { [opening]: { fromPort: 443, toPort: 443, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] } } },
  "tags-tell-owner": { fails: { "Instance/db tags": { system: "shop", stage: "prod" } }, boundary: { "Instance/db tags": { System: "shop", "slipway:stage": "prod", Owner: "x" } } },
  "maintenance-apart": { given: { "+": [replica] }, fails: { "Instance/second maintenanceWindow": "sun:03:59-sun:04:30" }, boundary: { "Instance/second maintenanceWindow": "sun:04:00-sun:05:00" } },
  "engine-supported": { fails: { "Instance/db engineVersion": "10.6.21" }, boundary: { "Instance/db engineVersion": "10.11" } },
};
