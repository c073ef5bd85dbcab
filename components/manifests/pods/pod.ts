import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { LABEL } from "../../../model/names.ts";
import type { WorkloadPlan } from "../../../model/plan/workload.ts";
import type { ImageConnection } from "../../platform.ts";
import { container } from "./container.ts";
import { labels, type Owner, selector } from "../metadata.ts";
import { podSecurity, tempVolume } from "../security.ts";
import { spread } from "../spread.ts";

type Volume = types.input.core.v1.Volume;
type VolumeMount = types.input.core.v1.VolumeMount;

/** A folder or file of a pod: where it is seen, and where it comes from. */
export interface Mounted {
  readonly mounts: readonly VolumeMount[];
  readonly volume: Volume;
}

/** What the pods of a program need beside the plan: the names and the build of this deployment. */
export interface PodParts {
  readonly plan: WorkloadPlan;
  readonly owner: Owner;
  readonly image: ImageConnection;
  readonly serviceAccount: Input<string>;
  readonly env: types.input.core.v1.EnvVar[];
  /** Claim of its own folder. */
  readonly claim: Input<string> | null;
  /** Files laid into it. */
  readonly files: readonly Mounted[];
  /** Programs in the same pod. */
  readonly beside: readonly types.input.core.v1.Container[];
}

const VOLUME = "data";

/** The pods of one program. */
export function podTemplate(parts: PodParts): types.input.core.v1.PodTemplateSpec {
  const { plan, owner, image } = parts;
  return {
    metadata: { labels: { ...labels(owner), [LABEL.version]: image.version }, annotations: annotations(plan) },
    spec: podSpec(parts),
  };
}

function podSpec(parts: PodParts): types.input.core.v1.PodSpec {
  const { plan, owner, image, serviceAccount, env, beside } = parts;
  const mounted = [...dataVolume(parts), ...writableFolders(plan), ...parts.files];
  return {
    ...(plan.kind === "job" ? { restartPolicy: "Never" } : { topologySpreadConstraints: spread(selector(owner)) }),
    serviceAccountName: serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: plan.rollout.graceSeconds,
    securityContext: { ...podSecurity(plan.user ?? undefined), ...lowPorts(plan) },
    containers: [container({ plan, image, env, mounts: mounted.flatMap(({ mounts }) => mounts) }), ...beside],
    volumes: [tempVolume(plan.resources.temp), ...mounted.map(({ volume }) => volume)],
  };
}

/** Ports below this one are root's alone, unless the pod says otherwise. */
const FIRST_OPEN_PORT = 1024;

/** A program of others may listen where root would have to: its pod opens those ports to its user, which the restricted standard allows. */
function lowPorts({ answers, metrics }: WorkloadPlan): Pick<types.input.core.v1.PodSecurityContext, "sysctls"> {
  const ports = [...answers.map(({ listens }) => listens), ...(metrics === null ? [] : [metrics.port])];
  if (ports.every((port) => port >= FIRST_OPEN_PORT)) return {};
  return { sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] };
}

function annotations({ metrics, rollout }: WorkloadPlan): Record<string, string> {
  return {
    ...(metrics === null
      ? {}
      : {
          "prometheus.io/scrape": "true",
          "prometheus.io/port": String(metrics.port),
          "prometheus.io/path": metrics.path,
        }),
    "slipway.dev/drain-seconds": String(rollout.drainSeconds),
  };
}

/** The program's own folder and where it is found, if it has one. */
function dataVolume({ plan, claim }: PodParts): Mounted[] {
  if (claim === null || plan.volume === null) return [];
  return [
    {
      mounts: [{ name: VOLUME, mountPath: plan.volume.path }],
      volume: { name: VOLUME, persistentVolumeClaim: { claimName: claim } },
    },
  ];
}

/** Folders that the program writes to, emptied with the pod. */
export function writableFolders({ writes, resources }: Pick<WorkloadPlan, "writes" | "resources">): Mounted[] {
  return writes.map((mountPath, index) => {
    const name = `writes-${index}`;
    return { mounts: [{ name, mountPath }], volume: { name, emptyDir: { sizeLimit: resources.temp } } };
  });
}
