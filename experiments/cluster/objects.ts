/** Objects of Kubernetes, as far as experiments look at them. */

export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly status: {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
    readonly containerStatuses?: readonly {
      readonly restartCount: number;
      readonly ready: boolean;
      readonly image: string;
      readonly imageID: string;
    }[];
  };
}

export interface Workload {
  readonly metadata: {
    readonly name: string;
    readonly generation: number;
    readonly managedFields?: readonly { readonly manager: string }[];
  };
  readonly spec: {
    readonly replicas: number;
    readonly strategy?: unknown;
    readonly template: Template;
    readonly progressDeadlineSeconds?: number;
  };
  readonly status: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
  };
}

/** The pods of a workload; what experiments do not touch is carried along as it is. */
export interface Template {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly containers: readonly Container[] } & Readonly<Record<string, unknown>>;
}

export interface Container extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

/** Whether a pod may be sent requests. */
export function isReady({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    (status.conditions ?? []).some(({ type, status: held }) => type === "Ready" && held === "True")
  );
}

/** Restarts of all containers of a pod. */
export function restartsOf({ status }: Pod): number {
  return (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
}
