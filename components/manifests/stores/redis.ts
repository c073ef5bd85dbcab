import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { STORE_PORT } from "../../../model/names.ts";
import type { Keeps } from "../../../model/words/store.ts";
import type { ImageConnection } from "../../platform.ts";
import { containerSecurity, TEMP_MOUNT, tempVolume } from "../security.ts";
import { exporterContainer } from "./exporter.ts";
import { DATA_VOLUME } from "./stateful-set.ts";

type Container = types.input.core.v1.Container;

/** Port of the server's metrics for Prometheus. */
export const REDIS_METRICS_PORT = 9121;

/** Keys of the Secret, and the folder in which they are seen as files. */
export const REDIS_USERS_KEY = "users.acl";
export const REDIS_MONITOR_KEY = "monitor-password";
const CREDENTIAL_FOLDER = "/etc/slipway-credentials";
const USERS_VARIABLE = { name: "REDIS_USERS_FILE", value: `${CREDENTIAL_FOLDER}/${REDIS_USERS_KEY}` };
const MONITOR_VARIABLE = { name: "REDIS_MONITOR_PASSWORD_FILE", value: `${CREDENTIAL_FOLDER}/${REDIS_MONITOR_KEY}` };
const CREDENTIAL_MOUNT = { name: "credential", mountPath: CREDENTIAL_FOLDER, readOnly: true };

/** Memory for data. What the pod may take is more than twice as much: a snapshot is written by a copy of the process. */
const DATA_MEMORY = "64mb";
const POD_MEMORY = "160Mi";

/** How each promise about data is kept: a log on disk before the answer; snapshots within the hour; or nothing, and the oldest keys go first. */
const PERSISTENCE: Readonly<Record<Keeps, readonly string[]>> = {
  "every write": ["--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction"],
  "last hour": ["--save", "3600", "1", "300", "100", "60", "10000", "--maxmemory-policy", "noeviction"],
  nothing: ["--maxmemory-policy", "allkeys-lru"],
};

/** The server and, beside it, what tells Prometheus about it. */
export function redisContainers(image: ImageConnection, keeps: Keeps): Container[] {
  const mounts = [TEMP_MOUNT, CREDENTIAL_MOUNT];
  const exporter = { image, port: REDIS_METRICS_PORT, env: [MONITOR_VARIABLE], mounts };
  return [server(image, keeps), exporterContainer(exporter)];
}

function server(image: ImageConnection, keeps: Keeps): Container {
  const answers = { exec: { command: ["healthy"] }, timeoutSeconds: 3 };
  return {
    name: "redis",
    image: image.reference,
    args: ["--maxmemory", DATA_MEMORY, ...PERSISTENCE[keeps]],
    env: [USERS_VARIABLE, MONITOR_VARIABLE],
    ports: [{ name: "redis", containerPort: STORE_PORT.redis }],
    startupProbe: { ...answers, periodSeconds: 1, failureThreshold: 120 },
    readinessProbe: { ...answers, periodSeconds: 5, failureThreshold: 2 },
    livenessProbe: { ...answers, periodSeconds: 10, failureThreshold: 6 },
    resources: { requests: { cpu: "20m", memory: POD_MEMORY }, limits: { cpu: "500m", memory: POD_MEMORY } },
    securityContext: containerSecurity(),
    volumeMounts: [{ name: DATA_VOLUME, mountPath: "/var/lib/redis" }, TEMP_MOUNT, CREDENTIAL_MOUNT],
  };
}

/** What the pod may write to, and its users. A server that keeps nothing has no disk that outlives it. */
export function redisVolumes(credential: Input<string>, keeps: Keeps): types.input.core.v1.Volume[] {
  return [
    tempVolume("16Mi"),
    ...(keeps === "nothing" ? [{ name: DATA_VOLUME, emptyDir: { sizeLimit: "16Mi" } }] : []),
    { name: CREDENTIAL_MOUNT.name, secret: { secretName: credential } },
  ];
}
