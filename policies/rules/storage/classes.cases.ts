import type { Cases } from "../../testing/case.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "binds-where-pod-is": { fails: { "StorageClass/gp3 volumeBindingMode": "Immediate" }, boundary: { "StorageClass/gp3 provisioner": "ebs.csi.aws.com" } },
  "class-keeps-data": { fails: { "StorageClass/gp3 reclaimPolicy": undefined }, boundary: { "StorageClass/gp3 parameters.encrypted": true } },
};
