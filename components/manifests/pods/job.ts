import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import type { ImageConnection } from "../../platform.ts";
import { labels, metadata, type Owner } from "../metadata.ts";
import { containerSecurity, podSecurity, TEMP_MOUNT, tempVolume } from "../security.ts";
import { DEFAULTS } from "../../../model/defaults.ts";
import type { Mounted } from "./pod.ts";
import { LABEL } from "../../../model/names.ts";

const { endsWithinSeconds, retries } = DEFAULTS.migration;

/** Exit code of a task that cannot work with what it was given: another attempt would end the same way. */
const BAD_INPUT = 2;

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
  /** Folders and files beside those. */
  readonly mounted?: readonly Mounted[];
  /** Seconds that one attempt may take. Default: those of a migration that does not say. */
  readonly attemptSeconds?: number;
  /** User that it runs as. Default: that of every image of ours. */
  readonly user?: number | null;
}

/** A Job is never changed in place: most of it cannot be, and a change of the rest would not run it again. */
export const ALWAYS_ANEW = { replaceOnChanges: ["spec"] };

/** Seconds that all attempts together may take. */
export function jobSeconds({ attemptSeconds = endsWithinSeconds.value }: Pick<JobParts, "attemptSeconds">): number {
  return attemptSeconds * (retries.value + 1);
}

/**
 * A task that runs to its end before what depends on it starts, and again when its image or its input changes:
 * Pulumi then makes a new Job. Safe to run twice.
 */
export function job(parts: JobParts): types.input.batch.v1.Job {
  const { owner, image, command, serviceAccount, env, memory, user } = parts;
  const mounted = everyMounted(parts);
  return {
    metadata: metadata(owner),
    spec: {
      backoffLimit: retries.value,
      activeDeadlineSeconds: jobSeconds(parts),
      podFailurePolicy: {
        rules: [
          { action: "FailJob", onExitCodes: { containerName: owner.component, operator: "In", values: [BAD_INPUT] } },
        ],
      },
      template: {
        metadata: { labels: { ...labels(owner), [LABEL.version]: image.version } },
        spec: {
          restartPolicy: "Never", // every failed attempt keeps its pod, and so its log
          serviceAccountName: serviceAccount,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: podSecurity(user ?? undefined),
          containers: [
            {
              name: owner.component,
              image: image.reference,
              command: [...command],
              env,
              resources: { requests: { cpu: "20m", memory }, limits: { cpu: "1", memory } },
              securityContext: containerSecurity(),
              volumeMounts: [TEMP_MOUNT, ...mounted.flatMap(({ mounts }) => mounts)],
            },
          ],
          volumes: [tempVolume("64Mi"), ...mounted.map(({ volume }) => volume)],
        },
      },
    },
  };
}

function everyMounted({ files, mounted = [] }: JobParts): readonly Mounted[] {
  if (files === null) return mounted;
  const mounts = [{ name: "files", mountPath: "/etc/slipway", readOnly: true }];
  return [{ mounts, volume: { name: "files", configMap: { name: files } } }, ...mounted];
}
