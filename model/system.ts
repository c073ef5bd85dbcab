/** The words in which a system is described. Nothing here knows Kubernetes, AWS or Pulumi. */

/** A choice that matters for the SLA and is left out on purpose; the reason is shown in reports. */
export interface Declined {
  readonly declined: string;
}

/** What the caller does when a call fails, times out or the breaker is open. */
export type OnFailure =
  /** Refuse the request with 503 and Retry-After: the only choice that keeps a transaction whole. */
  | "reject"
  /** Go on with a marked default value. */
  | "default"
  /** Accept and finish later through the outbox. */
  | "queue";

/** JSON schemas of what a caller sends and of what it relies on in the answer: the same objects with which both sides check. */
export interface Contract {
  readonly request: object;
  readonly response: object;
}

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
  /** Most calls under way at once from one replica (bulkhead); default 50. */
  readonly maxConcurrent?: number;
}

/** JSON schema of an event's data: the same object with which the services check what they send and receive. */
export interface EventSchema {
  readonly properties: Readonly<Record<string, object>>;
}

/** One kind of event. Its meaning is its name; its producer is the service that lists it under `publishes`. */
export interface Event<E extends string = string> {
  /** What it tells; always with the system's correlation key. */
  readonly data: EventSchema;
  /** The event that takes this one back, or why nothing has to. */
  readonly undoneBy: E | Declined;
  /** Set when nobody in the system listens, with the reason why it is published all the same. */
  readonly terminal?: string;
}

/** Availability in percent of requests; latency as "99 % within 300ms". */
export interface Objective {
  readonly availability: number;
  readonly latency: { readonly percent: number; readonly within: string };
  /** For services that follow events: oldest event not yet processed. */
  readonly freshness?: { readonly percent: number; readonly within: string };
}

/** What a service counts of itself, beside what every service counts. */
export interface Measure {
  /** Name of the series on its metrics port, such as "orders_waiting"; that of a counter ends in "_total". */
  readonly metric: string;
  /** A gauge goes up and down, and its largest replica counts; a counter only grows, and all replicas together count, per second. */
  readonly kind: "gauge" | "counter";
  /** One sentence: what the number says. */
  readonly meaning: string;
  /** When somebody hears of it; nobody where it is left out. */
  readonly alert?: MeasureAlert;
}

/** An alert on a measure of a service's own; its name is that of the measure. */
export interface MeasureAlert {
  readonly severity: "page" | "ticket";
  /** Where the trouble begins; the limit itself is none. */
  readonly limit: { readonly above: number } | { readonly below: number };
  /** How long the trouble must last, such as "5m". */
  readonly lasting: string;
  /** What it costs, and what to do, step by step: its runbook. */
  readonly impact: string;
  readonly fix: readonly string[];
}

/** How important a service is: it decides who is woken and how many replicas prod keeps. */
export type Tier = "critical" | "standard";

/** One microservice. `S` are the services and `E` the events of the system, so that edges are checked by the compiler. */
export interface Service<S extends string = string, E extends string = string> {
  /** One sentence: what it decides or keeps. */
  readonly purpose: string;
  readonly tier: Tier;
  readonly slo: Objective | Declined;
  /** Who it asks and waits for. */
  readonly calls?: { readonly [callee in S]?: Call };
  readonly publishes?: readonly E[];
  readonly consumes?: readonly E[];
  /**
   * What it alone keeps. A service that publishes or consumes keeps its outbox or inbox in its database. A volume has one
   * writer, so one replica runs: on prod that takes an exemption from `replica-floor` and `rolling-update`, with its reason.
   */
  readonly owns?: { readonly database?: "mariadb"; readonly volume?: { readonly size: string; readonly path: string } };
  /** What the public may reach through the gateway: "/orders" for every method, "GET /payments" for one. */
  readonly routes?: readonly string[];
  /** Replicas and the CPU use that adds one; defaults in `defaults.ts` and `stage.ts`. */
  readonly scale?: { readonly max?: number; readonly cpuPercent?: number };
  /** Measures of its own by their names in PascalCase, such as OrdersWaiting: panels, alerts and runbooks follow from them. */
  readonly measures?: { readonly [name: string]: Measure };
  /** What one replica needs to do its work; defaults in `defaults.ts`. */
  readonly needs?: { readonly cpu?: string; readonly memory?: string };
}

/** The public entry. */
export interface Entry {
  /** Requests a second that one client may make, and how many at once on top. */
  readonly rateLimit: { readonly perSecond: number; readonly burst: number };
  /** Largest request body. */
  readonly maxBody: string;
}

/** A whole system. */
export interface System<S extends string = string, E extends string = string> {
  readonly name: string;
  readonly purpose: string;
  /** Team that answers for it. */
  readonly owner: string;
  /** Field that ties all events of one business case together; also the message key. */
  readonly correlationKey: string;
  readonly events: { readonly [event in E]: Event<NoInfer<E>> };
  readonly services: { readonly [service in S]: Service<NoInfer<S>, NoInfer<E>> };
  /** Partitions of every topic of the system; default 6, at least the largest consumer's maximum replicas. */
  readonly partitions?: number;
  readonly entry: Entry;
}

/**
 * Describes a system. It returns its argument unchanged: the work is done by the compiler, which refuses a call
 * to a service or an event that does not exist. What the compiler cannot see is found by `checkSystem`.
 */
export function defineSystem<const S extends string, const E extends string>(system: System<S, E>): System<S, E> {
  return system;
}
