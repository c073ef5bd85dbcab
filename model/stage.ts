/** Every number in which the stages differ, side by side. Facts of one account or machine are stack settings instead. */

export const STAGES = ["dev", "prod"] as const;
export type Stage = (typeof STAGES)[number];

/** The numbers of one stage. */
export interface StageNumbers {
  /** Replicas that always run, by tier. */
  readonly minReplicas: { readonly critical: number; readonly standard: number };
  /** Copies of every Kafka record, and how many must have it before it counts as written. */
  readonly kafka: {
    readonly brokers: number;
    readonly replication: number;
    readonly minInSync: number;
    readonly storage: string;
  };
  readonly database: { readonly storage: string; readonly backupDays: number; readonly standby: boolean };
  /** What Prometheus keeps and how many Alertmanagers stand in for each other. */
  readonly monitoring: {
    readonly retention: string;
    readonly storage: string;
    readonly memory: string;
    readonly alertmanagers: number;
  };
  /** How much of the CPU that a replica may use is set aside for it. */
  readonly cpuRequestShare: number;
  /** How much of the CPU that a replica may use is a full load for it: what `scale.cpuPercent` is a percentage of. */
  readonly cpuLoadShare: number;
  /** Endpoints that break a service on purpose, for experiments. */
  readonly faults: boolean;
  readonly logLevel: "debug" | "info";
  /** How long a rollout may take before it counts as failed. */
  readonly rolloutSeconds: number;
}

export const STAGE: { readonly [stage in Stage]: StageNumbers } = {
  dev: {
    // Two of every critical service even on a laptop: a rollout or a killed pod must be seen to cost nothing.
    minReplicas: { critical: 2, standard: 1 },
    kafka: { brokers: 1, replication: 1, minInSync: 1, storage: "2Gi" },
    database: { storage: "2Gi", backupDays: 1, standby: false },
    monitoring: { retention: "2d", storage: "2Gi", memory: "288Mi", alertmanagers: 1 },
    cpuRequestShare: 0.04, // two cores host five systems, whose replicas are idle nearly always
    cpuLoadShare: 0.2, // idle, a replica must stay well under the autoscaler's target
    faults: true,
    logLevel: "info",
    rolloutSeconds: 120,
  },
  prod: {
    minReplicas: { critical: 3, standard: 2 }, // one per zone; a drain leaves the floor standing
    kafka: { brokers: 3, replication: 3, minInSync: 2, storage: "100Gi" },
    database: { storage: "50Gi", backupDays: 14, standby: true },
    // A burn rate looks three days back; a month shows whether a promise was kept.
    monitoring: { retention: "30d", storage: "50Gi", memory: "2Gi", alertmanagers: 2 },
    cpuRequestShare: 0.5,
    cpuLoadShare: 0.5, // of what is set aside, so that a load is no surprise for the nodes
    faults: false,
    logLevel: "info",
    rolloutSeconds: 300,
  },
};
