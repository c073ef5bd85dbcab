import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { LABEL } from "../../../model/names.ts";
import type { ImageConnection } from "../../platform.ts";
import { labels, namedMetadata, type Owner, selector } from "../metadata.ts";
import { podSecurity } from "../security.ts";
import { spread } from "../spread.ts";
import { claimSpec } from "../volume-claim.ts";

type Container = types.input.core.v1.Container;

/** When Pulumi calls an update finished: the one pod is of the new version and available. See the same in deployment.ts. */
const ROLLED_OUT = JSON.stringify(["jsonpath={.status.updatedReplicas}=1", "jsonpath={.status.availableReplicas}=1"]);

/** A minute to stop, two to read a full disk again, and as much to spare; without it Pulumi waits for ten minutes. */
export const STORE_DEADLINE = { customTimeouts: { create: "300s", update: "300s" } };

/** Seconds a store goes on serving after it was told to stop, while its address is forgotten. */
const PRE_STOP_SECONDS = 5;
const PRE_STOP = { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } } as const;
/** Between the end of the drain and the kill. */
const SPARE_SECONDS = 10;

/** Name of the volume that is kept. */
export const DATA_VOLUME = "data";

/** A store of one pod: what it runs, what it keeps, and how long it may take to stop. */
export interface StoreParts {
  readonly owner: Owner;
  readonly image: ImageConnection;
  readonly serviceAccount: Input<string>;
  readonly containers: readonly Container[];
  readonly volumes: readonly types.input.core.v1.Volume[];
  /** Size of the disk; null for a store that keeps nothing. */
  readonly storage: string | null;
  readonly storageClass: Input<string> | null;
  readonly metricsPort: number;
  /** Seconds it may take to write out what it holds in memory. */
  readonly drainSeconds: number;
}

/** Pod and disk that belong together: a pod that comes back finds its data. Named, because its disk is named after it. */
export function statefulSet(parts: StoreParts): types.input.apps.v1.StatefulSet {
  const { owner, storage, storageClass } = parts;
  return {
    metadata: { ...namedMetadata(owner, owner.name), annotations: { "pulumi.com/waitFor": ROLLED_OUT } },
    spec: {
      replicas: 1,
      serviceName: owner.name,
      selector: { matchLabels: selector(owner) },
      updateStrategy: { type: "RollingUpdate" },
      minReadySeconds: 5,
      revisionHistoryLimit: 3,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      volumeClaimTemplates:
        storage === null
          ? []
          : [{ metadata: { name: DATA_VOLUME, labels: labels(owner) }, spec: claimSpec(storage, storageClass) }],
      template: podTemplate(parts),
    },
  };
}

function podTemplate(parts: StoreParts): types.input.core.v1.PodTemplateSpec {
  const { owner, image } = parts;
  return {
    metadata: {
      labels: { ...labels(owner), [LABEL.version]: image.version },
      annotations: {
        "prometheus.io/scrape": "true",
        "prometheus.io/port": String(parts.metricsPort),
        "prometheus.io/path": "/metrics",
        "slipway.dev/drain-seconds": String(parts.drainSeconds),
      },
    },
    spec: {
      serviceAccountName: parts.serviceAccount,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: PRE_STOP_SECONDS + parts.drainSeconds + SPARE_SECONDS,
      securityContext: podSecurity(),
      topologySpreadConstraints: spread(selector(owner)),
      containers: parts.containers.map((container) => ({ ...container, lifecycle: PRE_STOP })),
      volumes: [...parts.volumes],
    },
  };
}
