import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const claim = "PersistentVolumeClaim/archive spec";
const onVolume = {
  "Deployment/order $p.volumes[1]": { name: "data", persistentVolumeClaim: { claimName: "archive" } },
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "volume-follows-pod": { fails: onVolume, boundary: { ...onVolume, [`${claim}.accessModes`]: ["ReadWriteMany"] }, unknown: { ...onVolume, [`${claim}.accessModes`]: UNKNOWN } },
  "data-on-volume": { fails: { "Deployment/order $c.volumeMounts[0].mountPath": "/var/lib/mysql" }, boundary: { "Deployment/order $c.volumeMounts[0].mountPath": "/var/lib/mysqlx" } },
};
