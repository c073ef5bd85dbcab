import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import type { ImageConnection } from "../platform.ts";
import { labels, metadata, type Owner } from "./metadata.ts";
import { containerSecurity, podSecurity, TEMP_MOUNT, tempVolume } from "./security.ts";
import { LABEL } from "../../model/names.ts";

/** Seconds one attempt may take, and how many there are: a store that has just started needs a moment. */
const ATTEMPT_SECONDS = 90;
const RETRIES = 4;

/** What a run-once task needs. */
export interface JobParts {
  readonly owner: Owner;
  readonly image: ImageConnection;
  readonly command: readonly string[];
  readonly serviceAccount: Input<string>;
  readonly env: types.input.core.v1.EnvVar[];
  /** What it may use at most, and is promised. */
  readonly memory: string;
  /** ConfigMap whose keys appear as files under /etc/slipway. */
  readonly files: Input<string> | null;
}

/**
 * A task that runs to its end before what depends on it starts, and again when its image or its input changes:
 * both are part of the template, which Kubernetes never changes in place, so Pulumi makes a new Job. Safe to run twice.
 */
export function job({ owner, image, command, serviceAccount, env, memory, files }: JobParts): types.input.batch.v1.Job {
  return {
    metadata: metadata(owner),
    spec: {
      backoffLimit: RETRIES, activeDeadlineSeconds: ATTEMPT_SECONDS * (RETRIES + 1),
      template: {
        metadata: { labels: { ...labels(owner), [LABEL.version]: image.version } },
        spec: {
          restartPolicy: "Never", // every failed attempt keeps its pod, and so its log
          serviceAccountName: serviceAccount, automountServiceAccountToken: false, enableServiceLinks: false,
          securityContext: podSecurity(),
          containers: [{
            name: owner.component, image: image.reference, command: [...command], env,
            resources: { requests: { cpu: "50m", memory }, limits: { cpu: "1", memory } },
            securityContext: containerSecurity(),
            volumeMounts: [TEMP_MOUNT, ...(files === null ? [] : [{ name: "files", mountPath: "/etc/slipway", readOnly: true }])],
          }],
          volumes: [tempVolume("64Mi"), ...(files === null ? [] : [{ name: "files", configMap: { name: files } }])],
        },
      },
    },
  };
}
