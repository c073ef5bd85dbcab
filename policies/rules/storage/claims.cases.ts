import type { Cases } from "../../testing/case.ts";

const claim = "PersistentVolumeClaim/archive spec";
const mounted = {
  "Job/order-migration $p.volumes[1]": { name: "data", persistentVolumeClaim: { claimName: "archive" } },
};
const set = {
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  metadata: { name: "kept", namespace: "tools" },
  spec: {
    replicas: 2,
    template: { metadata: { labels: { app: "kept" } }, spec: {} },
    volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { storageClassName: "gp3" } }],
  },
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "claim-class": { fails: { [`${claim}.storageClassName`]: undefined }, boundary: { [`${claim}.storageClassName`]: undefined, "PersistentVolumeClaim/archive metadata.annotations": { "volume.beta.kubernetes.io/storage-class": "gp3" } } },
  "template-class": { given: { "+": [set] }, fails: { "StatefulSet/kept spec.volumeClaimTemplates[0].spec.storageClassName": "" }, boundary: { "StatefulSet/kept spec.volumeClaimTemplates[0].spec.storageClassName": "g" } },
  "claim-size": { fails: { [`${claim}.resources.requests.storage`]: "1023Mi" }, boundary: { [`${claim}.resources.requests.storage`]: "1Gi" } },
  "claim-exists": { given: mounted, fails: { "Job/order-migration $p.volumes[1].persistentVolumeClaim.claimName": "archives" }, boundary: {} },
};
