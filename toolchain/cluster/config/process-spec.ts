/** Something another process must offer before this one is started. */
export type Condition =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "socket"; readonly path: string }
  | { readonly kind: "https"; readonly url: string; readonly authority: string };

/** One process the supervisor keeps running. */
export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to a small fixed environment; nothing of the caller's shell leaks in. */
  readonly env: Readonly<Record<string, string>>;
  /** `cluster` runs inside the cluster's network namespace. */
  readonly network: "cluster" | "host";
  readonly after: readonly Condition[];
}

/** Everything the supervisor has to know; written by `up`, read by the supervisor. */
export interface ProcessPlan {
  readonly cluster: string;
  /** State folder of who started it: the same name with another one is somebody else's cluster. */
  readonly state: string;
  readonly processes: readonly ProcessSpec[];
}
