import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { labels, namedMetadata, type Owner, selector } from "../manifests/metadata.ts";
import { claimSpec } from "../manifests/volume-claim.ts";

interface Kept {
  readonly replicas: number;
  /** They start together, because each waits for the others. */
  readonly together?: boolean;
  /** Size of each pod's disk. */
  readonly storage: string;
  readonly storageClass: Input<string> | null;
  readonly template: types.input.core.v1.PodTemplateSpec;
}

/** Name of the volume that is kept. */
export const KEPT = "data";

/** Pods of the monitoring that find their disk again when they come back. */
export function keptPods(
  owner: Owner,
  { replicas, storage, storageClass, template, together = false }: Kept,
): types.input.apps.v1.StatefulSet {
  return {
    metadata: namedMetadata(owner, owner.name),
    spec: {
      replicas,
      serviceName: owner.name,
      ...(together ? { podManagementPolicy: "Parallel" } : {}),
      selector: { matchLabels: selector(owner) },
      revisionHistoryLimit: 3,
      minReadySeconds: 5,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      volumeClaimTemplates: [
        { metadata: { name: KEPT, labels: labels(owner) }, spec: claimSpec(storage, storageClass) },
      ],
      template,
    },
  };
}
