/** A share of requests or events within a time, such as 99 % within "300ms". */
export interface Share {
  readonly percent: number;
  readonly within: string;
}

/** Availability in percent of requests; latency as "99 % within 300ms". */
export interface Objective {
  readonly availability: number;
  readonly latency: Share;
  /** For services that follow events: oldest event not yet processed. */
  readonly freshness?: Share;
}

/** Series of a program's own, by their names. */
export interface RequestSeries {
  /** Histogram of seconds; its `_count` counts requests, and its edges have that of the promise. */
  readonly seconds: string;
  /** PromQL label matchers of a good answer, such as `code!~"5.."`. */
  readonly good: string;
}

/** Series on a port of the program: of a known library, or by name. */
export interface PrometheusSeries {
  readonly prometheus: "micrometer" | "promhttp" | RequestSeries;
  readonly path: string;
  /** Default that of its first HTTP answer. */
  readonly port?: number;
}

/** Where good and bad requests are counted: by the kit, at the public entry, or by the program itself. */
export type Measured = "kit" | "gateway" | PrometheusSeries;

/** How important a service is: it decides who is woken and how many replicas prod keeps. */
export type Tier = "critical" | "standard";
