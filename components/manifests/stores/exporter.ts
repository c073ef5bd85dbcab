import type { types } from "@pulumi/kubernetes";
import type { ImageConnection } from "../../platform.ts";
import { containerSecurity } from "../security.ts";

/** What stands beside a store and tells Prometheus about it. */
export interface ExporterParts {
  readonly image: ImageConnection;
  readonly port: number;
  readonly env?: readonly types.input.core.v1.EnvVar[];
  readonly mounts: readonly types.input.core.v1.VolumeMount[];
}

/** The exporter of a store: a second container of its image. */
export function exporterContainer({ image, port, env = [], mounts }: ExporterParts): types.input.core.v1.Container {
  const listens = { tcpSocket: { port: "metrics" }, timeoutSeconds: 2 };
  return {
    name: "exporter",
    image: image.reference,
    command: ["exporter"],
    ...(env.length > 0 ? { env: [...env] } : {}),
    ports: [{ name: "metrics", containerPort: port }],
    startupProbe: { ...listens, periodSeconds: 1, failureThreshold: 60 },
    readinessProbe: {
      httpGet: { path: "/", port: "metrics" },
      timeoutSeconds: 2,
      periodSeconds: 10,
      failureThreshold: 2,
    },
    livenessProbe: { ...listens, periodSeconds: 15, failureThreshold: 4 },
    resources: { requests: { cpu: "5m", memory: "48Mi" }, limits: { cpu: "100m", memory: "48Mi" } },
    securityContext: containerSecurity(),
    volumeMounts: [...mounts],
  };
}
