import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { LABEL } from "../../model/names.ts";
import { labels, type Owner, selector } from "../manifests/metadata.ts";
import { containerSecurity, podSecurity, TEMP_MOUNT, tempVolume } from "../manifests/security.ts";
import { spread } from "../manifests/spread.ts";
import type { ImageConnection } from "../platform.ts";

/** A pod of the monitoring: one container, nothing writable but what is mounted. */
export interface PodParts {
  readonly owner: Owner;
  readonly image: ImageConnection;
  readonly serviceAccount: Input<string>;
  readonly args: readonly Input<string>[];
  readonly env?: readonly types.input.core.v1.EnvVar[];
  /** Name and number; the first one is asked whether the pod is ready and alive. */
  readonly ports: Readonly<Record<string, number>>;
  readonly ready: string;
  readonly alive: string;
  readonly cpu: string;
  readonly memory: string;
  readonly mounts?: readonly types.input.core.v1.VolumeMount[];
  readonly volumes?: readonly types.input.core.v1.Volume[];
  /** Reads the Kubernetes API. */
  readonly token?: boolean;
  readonly command?: readonly string[];
  /** Runs on every node, whatever the node is reserved for. */
  readonly everywhere?: boolean;
}

/** Until nobody sends any more, and until the last answer is out; together shorter than the grace. */
const PRE_STOP_SECONDS = 5;
const DRAIN_SECONDS = 10;

/** Everything a stateful or stateless pod of the monitoring has in common. */
export function monitoringPod(parts: PodParts): types.input.core.v1.PodTemplateSpec {
  const { owner, image, token = false, everywhere = false, volumes = [] } = parts;
  return {
    metadata: {
      labels: { ...labels(owner), [LABEL.version]: image.version },
      annotations: { "slipway.dev/drain-seconds": String(DRAIN_SECONDS) },
    },
    spec: {
      serviceAccountName: parts.serviceAccount,
      automountServiceAccountToken: token,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 30,
      securityContext: podSecurity(),
      topologySpreadConstraints: spread(selector(owner)),
      ...(everywhere ? { tolerations: [{ operator: "Exists" }] } : {}),
      containers: [container(parts)],
      volumes: [tempVolume("64Mi"), ...volumes],
    },
  };
}

function container(parts: PodParts): types.input.core.v1.Container {
  const { owner, image, args, env = [], command, ports, ready, alive, cpu, memory, mounts = [] } = parts;
  const [first = ""] = Object.keys(ports);
  const probe = (path: string, periodSeconds: number, failureThreshold: number) => ({
    httpGet: { path, port: first },
    periodSeconds,
    failureThreshold,
    timeoutSeconds: 2,
  });
  return {
    name: owner.name,
    image: image.reference,
    args: [...args],
    env: [...env],
    ...(command ? { command: [...command] } : {}),
    ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })),
    lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
    startupProbe: probe(ready, 2, 60),
    readinessProbe: probe(ready, 5, 3),
    livenessProbe: probe(alive, 10, 4),
    resources: { requests: { cpu, memory }, limits: { cpu: "1", memory } },
    securityContext: containerSecurity(),
    volumeMounts: [TEMP_MOUNT, ...mounts],
  };
}
