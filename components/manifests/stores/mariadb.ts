import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { STORE_PORT } from "../../../model/names.ts";
import type { ImageConnection } from "../../platform.ts";
import { containerSecurity, TEMP_MOUNT, tempVolume } from "../security.ts";
import { exporterContainer } from "./exporter.ts";
import { DATA_VOLUME } from "./stateful-set.ts";

type Container = types.input.core.v1.Container;

/** Port of the server's metrics for Prometheus. */
export const MARIADB_METRICS_PORT = 9104;

/** Key of the administrator's password in its Secret, and the file it is seen as. */
export const ROOT_PASSWORD_KEY = "root-password";
const CREDENTIAL_FOLDER = "/etc/slipway-credentials";

/** Both containers talk to the server through this folder: no password is needed by who shares it. */
const SOCKET_MOUNT = { name: "run", mountPath: "/run/mysqld" };

/** The server and, beside it, what tells Prometheus about it. */
export function mariadbContainers(image: ImageConnection, maxConnections: number): Container[] {
  const exporter = { image, port: MARIADB_METRICS_PORT, mounts: [TEMP_MOUNT, SOCKET_MOUNT] };
  return [server(image, maxConnections), exporterContainer(exporter)];
}

function server(image: ImageConnection, maxConnections: number): Container {
  const answers = { exec: { command: ["healthy"] }, timeoutSeconds: 3 };
  return {
    name: "mariadb",
    image: image.reference,
    args: [`--max-connections=${maxConnections}`, "--innodb-buffer-pool-size=128M"],
    env: [{ name: "MARIADB_ROOT_PASSWORD_FILE", value: `${CREDENTIAL_FOLDER}/${ROOT_PASSWORD_KEY}` }],
    ports: [{ name: "mariadb", containerPort: STORE_PORT.mariadb }],
    startupProbe: { ...answers, periodSeconds: 1, failureThreshold: 120 },
    readinessProbe: { ...answers, periodSeconds: 5, failureThreshold: 2 },
    livenessProbe: { ...answers, periodSeconds: 10, failureThreshold: 6 },
    resources: { requests: { cpu: "30m", memory: "448Mi" }, limits: { cpu: "1", memory: "448Mi" } },
    securityContext: containerSecurity(),
    volumeMounts: [
      { name: DATA_VOLUME, mountPath: "/var/lib/mysql" },
      TEMP_MOUNT,
      SOCKET_MOUNT,
      { name: "credential", mountPath: CREDENTIAL_FOLDER, readOnly: true },
    ],
  };
}

/** What the pod may write to beside its disk, and the administrator's password. */
export function mariadbVolumes(rootSecret: Input<string>): types.input.core.v1.Volume[] {
  return [
    tempVolume("256Mi"), // also holds the server's temporary tables
    { name: SOCKET_MOUNT.name, emptyDir: { sizeLimit: "1Mi" } },
    { name: "credential", secret: { secretName: rootSecret } },
  ];
}
