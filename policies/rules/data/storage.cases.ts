import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

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
const onVolume = {
  "Deployment/order $p.volumes[1]": { name: "data", persistentVolumeClaim: { claimName: "archive" } },
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "claim-class": { fails: { [`${claim}.storageClassName`]: undefined }, boundary: { [`${claim}.storageClassName`]: undefined, "PersistentVolumeClaim/archive metadata.annotations": { "volume.beta.kubernetes.io/storage-class": "gp3" } } },
  "template-class": { given: { "+": [set] }, fails: { "StatefulSet/kept spec.volumeClaimTemplates[0].spec.storageClassName": "" }, boundary: { "StatefulSet/kept spec.volumeClaimTemplates[0].spec.storageClassName": "g" } },
  "claim-size": { fails: { [`${claim}.resources.requests.storage`]: "1023Mi" }, boundary: { [`${claim}.resources.requests.storage`]: "1Gi" } },
  "claim-exists": { given: mounted, fails: { "Job/order-migration $p.volumes[1].persistentVolumeClaim.claimName": "archives" }, boundary: {} },
  "volume-follows-pod": { fails: onVolume, boundary: { ...onVolume, [`${claim}.accessModes`]: ["ReadWriteMany"] }, unknown: { ...onVolume, [`${claim}.accessModes`]: UNKNOWN } },
  "binds-where-pod-is": { fails: { "StorageClass/gp3 volumeBindingMode": "Immediate" }, boundary: { "StorageClass/gp3 provisioner": "ebs.csi.aws.com" } },
  "class-keeps-data": { fails: { "StorageClass/gp3 reclaimPolicy": undefined }, boundary: { "StorageClass/gp3 parameters.encrypted": true } },
  "data-on-volume": { fails: { "Deployment/order $c.volumeMounts[0].mountPath": "/var/lib/mysql" }, boundary: { "Deployment/order $c.volumeMounts[0].mountPath": "/var/lib/mysqlx" } },
};
