import type { types } from "@pulumi/kubernetes";
import type { Input } from "@pulumi/pulumi";
import { parseBytes } from "../../../model/quantity.ts";
import type { Owner } from "../../manifests/metadata.ts";
import { KEPT } from "../kept-pods.ts";
import type { Mounted } from "../mounted.ts";
import { monitoringPod } from "../pod.ts";
import { MONITORING_PORT, type MonitoringSite } from "../site.ts";

/** Folder of its configuration. */
export const PROMETHEUS_FOLDER = "/etc/prometheus";
const DATA_FOLDER = "/var/lib/prometheus";
/** Part of the memory that Go may fill before it collects; the rest is for what it does not count. */
const GO_SHARE = 0.8;
/** Part of the disk that the history may fill; the rest is for what is being written. */
const HISTORY_SHARE = 0.85;

/** What Prometheus reads. */
export interface PrometheusFiles {
  readonly settings: Mounted;
  readonly rules: Mounted;
  /** Hosts of brokers that are no pods. */
  readonly hosts: readonly Mounted[];
}

interface Parts {
  readonly serviceAccount: Input<string>;
  readonly files: PrometheusFiles;
  /** Seconds from one evaluation of its rules to the next. */
  readonly evaluationSeconds: number;
}

/** Prometheus as it is started: what it reads, what it keeps and for how long. */
export function prometheusPod(
  owner: Owner,
  { image, numbers }: MonitoringSite,
  { serviceAccount, files, evaluationSeconds }: Parts,
): types.input.core.v1.PodTemplateSpec {
  const { settings, rules, hosts } = files;
  return monitoringPod({
    owner,
    image: image(owner.name),
    serviceAccount,
    token: true,
    args: [
      `--config.file=${PROMETHEUS_FOLDER}/prometheus.yml`,
      `--storage.tsdb.path=${DATA_FOLDER}/data`,
      `--storage.tsdb.retention.time=${numbers.retention}`,
      `--storage.tsdb.retention.size=${Math.floor((bytes(numbers.storage) * HISTORY_SHARE) / 2 ** 20)}MB`,
      "--storage.tsdb.wal-compression",
      // Alertmanager believes an alert for four of these: a heartbeat must not outlive the Prometheus that sends it.
      `--rules.alert.resend-delay=${evaluationSeconds}s`,
    ],
    env: [{ name: "GOMEMLIMIT", value: `${Math.floor(bytes(numbers.memory) * GO_SHARE)}` }],
    ports: { http: MONITORING_PORT.prometheus },
    ready: "/-/ready",
    alive: "/-/healthy",
    cpu: "50m",
    memory: numbers.memory,
    mounts: [settings.mount, rules.mount, { name: KEPT, mountPath: DATA_FOLDER }, ...hosts.map(({ mount }) => mount)],
    volumes: [settings, rules, ...hosts].map(({ volume }) => volume),
  });
}

const bytes = (text: string) => parseBytes(text) ?? 0;
