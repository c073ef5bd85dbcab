import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { namedMetadata, type Owner } from "./metadata.ts";

/** Disk space of a service that keeps files. Named, because a new name would be a new and empty disk. */
export function volumeClaim(
  owner: Owner,
  size: string,
  storageClass: Input<string> | null,
): types.input.core.v1.PersistentVolumeClaim {
  return { metadata: namedMetadata(owner, owner.name), spec: claimSpec(size, storageClass) };
}

/** The same as part of a StatefulSet. */
export function claimSpec(
  size: string,
  storageClass: Input<string> | null,
): types.input.core.v1.PersistentVolumeClaimSpec {
  return {
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: size } },
    ...(storageClass === null ? {} : { storageClassName: storageClass }),
  };
}
