import type { types } from "@pulumi/kubernetes";
import { STORE_PORT } from "../../../model/names.ts";
import type { ImageConnection } from "../../platform.ts";
import { containerSecurity, TEMP_MOUNT, tempVolume } from "../security.ts";
import { DATA_VOLUME } from "./stateful-set.ts";

/** Port of the broker's metrics for Prometheus. */
export const KAFKA_METRICS_PORT = 9404;

/** One broker that is its own controller: the image knows how to run on little memory. */
export function kafkaContainer(image: ImageConnection, host: string): types.input.core.v1.Container {
  const answers = { tcpSocket: { port: "kafka" }, timeoutSeconds: 2 };
  return {
    name: "kafka",
    image: image.reference,
    env: [
      { name: "KAFKA_ADVERTISED_HOST", value: host },
      { name: "KAFKA_HEAP", value: "192m" },
    ],
    ports: [
      { name: "kafka", containerPort: STORE_PORT.kafka },
      { name: "metrics", containerPort: KAFKA_METRICS_PORT },
    ],
    // A broker that was killed reads its log again before it listens: two minutes are for a full disk.
    startupProbe: { ...answers, periodSeconds: 1, failureThreshold: 120 },
    readinessProbe: { ...answers, periodSeconds: 5, failureThreshold: 2 },
    livenessProbe: { ...answers, periodSeconds: 10, failureThreshold: 6 },
    // Request equals limit: what holds data is the last to go when memory is short.
    resources: { requests: { cpu: "40m", memory: "512Mi" }, limits: { cpu: "1", memory: "512Mi" } },
    securityContext: containerSecurity(),
    volumeMounts: [{ name: DATA_VOLUME, mountPath: "/var/lib/kafka" }, TEMP_MOUNT],
  };
}

/** What the broker may write to beside its disk. */
export function kafkaVolumes(): types.input.core.v1.Volume[] {
  return [tempVolume("64Mi")];
}
