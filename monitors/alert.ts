import type { BurnWindow } from "./burn-rates.ts";
import type { GuardCase, Proof } from "./proof.ts";

/** page: somebody is woken. ticket: somebody looks today. info: seen on dashboards, sent to nobody. none: heartbeat. */
export type Severity = "page" | "ticket" | "info" | "none";

/** One alert: when it fires, whom it wakes, what to do, and how it is proven. */
export interface Alert {
  readonly name: string;
  readonly severity: Severity;
  /** Causes silence symptoms of the services that depend on them; see `inhibition.ts`. */
  readonly role: "cause" | "symptom" | "alone";
  /** Seconds the trouble must last, before the timing's haste. */
  readonly patience: number;
  /** A function of the limit, so that cases beside the limit and mutations of it can be made. */
  expr(limit: number): string;
  readonly limit: number;
  /** On which side of the limit the trouble lies. The limit itself is no trouble. */
  readonly trouble: "above" | "below";
  /** Pairs of windows of a burn rate; their expression too can be made with others. */
  readonly burn?: { readonly windows: readonly BurnWindow[]; expr(windows: readonly BurnWindow[]): string };
  readonly labels?: Readonly<Record<string, string>>;
  /** Seconds it goes on firing after the trouble, so that a value that swings does not send a mail a minute. */
  readonly lingers?: number;
  /** One line for the subject of the mail. */
  readonly summary: string;
  /** What was measured, with `{{ $value }}`. */
  readonly description: string;
  readonly runbook: Runbook;
  readonly proof: Proof;
  readonly guards?: readonly GuardCase[];
}

/** What a person needs at three in the morning. Commands hold `$namespace` and `$service`. */
export interface Runbook {
  readonly symptom: string;
  readonly impact: string;
  readonly diagnosis: readonly string[];
  readonly fix: readonly string[];
}

/** The part of an alert that compares a measure with a limit. */
export function above(measure: string, limit: number): Pick<Alert, "expr" | "limit" | "trouble"> {
  return { expr: (moved) => `${measure} > ${moved}`, limit, trouble: "above" };
}

/** As `above`, for measures that must not fall. */
export function below(measure: string, limit: number): Pick<Alert, "expr" | "limit" | "trouble"> {
  return { expr: (moved) => `${measure} < ${moved}`, limit, trouble: "below" };
}
