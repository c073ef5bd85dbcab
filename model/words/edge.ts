import type { Source } from "./source.ts";
import type { Declined } from "./declined.ts";

/** What the caller does when a call fails, times out or the breaker is open. */
export type OnFailure =
  /** Refuse the request with 503 and Retry-After: the only choice that keeps a transaction whole. */
  | "reject"
  /** Go on with a marked default value. */
  | "default"
  /** Accept and finish later through the outbox. */
  | "queue"
  /** The program decides by itself; nobody here knows how. */
  | "own";

/** JSON schemas of what a caller sends and of what it relies on in the answer: the same objects with which both sides check. */
export interface Contract {
  readonly request: object;
  readonly response: object;
}

/** What of a call a program's own variable takes. */
export type CallSetting =
  | "url"
  | "address"
  | "timeoutMs"
  | "maxConcurrent"
  | "breakerErrorPercent"
  | "breakerOpenMs"
  | "breakerMinCalls";

/** Who keeps time-out, breaker and bulkhead: the kit, the program by variables of its own, or nobody, with the reason. */
export type KeptBy = "kit" | { readonly settings: { readonly [variable in string]: CallSetting } } | Declined;

/** One synchronous call. Every field is about this edge only. */
export interface Call {
  /** Why the caller cannot do without an immediate answer. */
  readonly reason: string;
  readonly onFailure: OnFailure;
  /** True when the caller's own change must not stand without the callee's yes. */
  readonly transactional: boolean;
  /** What both sides hold to. Its version is stated on their workloads, so that a breaking change is seen before its rollout. */
  readonly contract?: Contract;
  /** Longest wait for the answer, "100ms" to "2s"; by default 610 ms for each service on the way, within what its own caller leaves. */
  readonly timeout?: string;
  /** Why it may wait longer than 2 s. */
  readonly slow?: string;
  /** Most calls under way at once from one replica (bulkhead); default 50. */
  readonly maxConcurrent?: number;
  /** Which answer of the callee, where it has several; default its first. */
  readonly answer?: string;
  /** Default "kit" for a service on the kit; any other says it. */
  readonly keptBy?: KeptBy;
}

/** Who answers in place of a third party on dev, and nowhere else. */
export interface StandIn {
  readonly from: Source;
  /** Other program and arguments than the image's own. */
  readonly run?: readonly string[];
  /** Its port. It speaks there without TLS, whatever the third party does. */
  readonly listens: number;
}

/** A third party. Nothing else is let out of the cluster. */
export interface Outside {
  /** Its host name. */
  readonly host: string;
  /** Default 443. */
  readonly port?: number;
  readonly reason: string;
  readonly onFailure: OnFailure;
  /** Longest wait for the answer, for the reader and for alerts: the program keeps it. */
  readonly timeout?: string;
  /** Who answers in its place on dev, to everybody here who asks this host and port; default the third party itself. */
  readonly onDev?: StandIn;
}
