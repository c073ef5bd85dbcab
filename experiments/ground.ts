import type { SystemPlan } from "../model/plan.ts";
import type { Traffic } from "../model/words/traffic.ts";

/** One request to the API server of the cluster. */
export interface ApiCall {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  /** Of a PATCH, without "application/". */
  readonly type?: "json" | "json-patch+json" | "merge-patch+json" | "strategic-merge-patch+json";
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A process of a pod, which its number alone does not name for ever. */
export interface PodProcess {
  readonly pid: number;
  readonly startTime: string;
}

/** The machine on which the pods run, where this one is it and obeys. */
export interface NodeAccess {
  /** The first process of each container of a pod but its pause container, by the pod's uid. */
  processesOf(podUid: string): readonly PodProcess[];
  /** Sends a signal to the very process; false when it is gone. */
  signal(process: PodProcess, signal: "SIGSTOP" | "SIGCONT" | "SIGKILL"): boolean;
}

/** A running system as experiments reach it: everything they do to it goes through here. */
export interface Ground {
  readonly plan: SystemPlan;
  readonly traffic: Traffic;
  /** Where its public entry answers. */
  readonly entry: string;
  api(call: ApiCall): Promise<ApiAnswer>;
  /** Null where the pods run on other machines. */
  readonly node: NodeAccess | null;
  /** Whether somebody watches it, and rings. */
  readonly watched: boolean;
}
