/** What a rule is: data that says why, and one pure function that says where. */

import type { Facts } from "../resources/facts.ts";
import type { Graph } from "../resources/graph.ts";
import type { ContainerView, Workload } from "../resources/pods.ts";
import type { Resource } from "../resources/resource.ts";

export type Tier = "critical" | "standard" | "dev";
export type Severity = "critical" | "high" | "medium" | "low";
export type Level = "mandatory" | "advisory" | "disabled";
export type Levels = Readonly<Record<Tier, Level>>;

export const everywhere: Levels = { critical: "mandatory", standard: "mandatory", dev: "mandatory" };
/** Blocks production, advises where a laptop may differ. */
export const inProduction: Levels = { critical: "mandatory", standard: "mandatory", dev: "advisory" };
export const advice: Levels = { critical: "advisory", standard: "advisory", dev: "advisory" };
/** Contested practice: runs only where the configuration switches it on. */
export const onRequest: Levels = { critical: "disabled", standard: "disabled", dev: "disabled" };

/** A threshold that a policy configuration may change, with its value per tier. */
export interface Limit<T> {
  readonly about: string;
  readonly values: Readonly<Record<Tier, T>>;
}

/** A threshold: one value for all tiers, or one per tier. */
export function limit<T>(about: string, critical: T, standard: T = critical, dev: T = standard): Limit<T> {
  return { about, values: { critical, standard, dev } };
}

/** What a rule returns when it has nothing to say about a subject, so that nobody counts it as passed. */
export const notApplicable: unique symbol = Symbol("not applicable");

export type LimitSet = Readonly<Record<string, Limit<unknown>>>;
type NoLimits = Readonly<Record<never, Limit<unknown>>>;
export type Resolved<L extends LimitSet> = { readonly [name in keyof L]: L[name] extends Limit<infer T> ? T : never };

/** One place where a resource is not as it must be. */
export interface Problem {
  readonly path: string;
  /** What stands there, never a secret value. */
  readonly found: string;
  readonly wanted: string;
  /** The arithmetic or circumstance that proves it. */
  readonly note?: string;
  /** Other resources that take part. */
  readonly related?: readonly Resource[];
  /** Where the problem is, when it is not the resource that was asked about. */
  readonly on?: Resource;
}

export interface Judging<L extends LimitSet = LimitSet> {
  readonly limit: Resolved<L>;
  readonly tier: Tier;
  /** The day that judges what has a date, as an ISO date. */
  readonly today: string;
}
export interface Across<L extends LimitSet = LimitSet> extends Judging<L> {
  readonly graph: Graph;
  readonly facts: Facts;
}

interface About<L extends LimitSet> {
  readonly id: string;
  /** X01–X29 cross-resource, K Kubernetes, A AWS, C checklist. */
  readonly number: string;
  /** What must hold, as a sentence. */
  readonly title: string;
  /** What it costs when it does not. */
  readonly why: string;
  /** TypeScript to paste. */
  readonly fix: string;
  readonly severity: Severity;
  readonly levels: Levels;
  /** Items of the SLA checklist that it decides. */
  readonly items: readonly number[];
  readonly limits?: L;
  /** Its findings say that something is not declared, which nobody knows while a part of the input cannot be read. */
  readonly needsAll?: true;
  /** Rule that tells the same fault at the same place, where both find it. */
  readonly toldBy?: string;
  /** Decided by the calendars of what AWS supports, which grow old. */
  readonly dated?: true;
  /** Nobody may be exempted. */
  readonly strict?: true;
}

/** What a rule asks about: each container, each workload, each resource of some kinds, or the stack as a whole. */
export type Subject = Resource | Workload | ContainerView | Graph;
export type On = "container" | "workload" | "stack" | readonly string[];

/** Problems one after the other; in the end `notApplicable` where there was nothing to judge. */
export type Answers = Iterable<Problem, unknown>;

/** A rule that needs one resource only, so that it can block before creation. */
export interface SingleRule extends About<LimitSet> {
  readonly on: Exclude<On, "stack">;
  // A method, so that a rule about one kind of subject is a rule: `on` says which subjects it is given.
  check(subject: Subject, judging: Judging): Answers;
}
/** A rule that compares resources. */
export interface CrossRule extends About<LimitSet> {
  readonly on: On;
  across(subject: Subject, across: Across): Answers;
}
export type Rule = SingleRule | CrossRule;

type Check<S, L extends LimitSet> = (subject: S, judging: Judging<L>) => Answers;
type AcrossCheck<S, L extends LimitSet> = (subject: S, across: Across<L>) => Answers;

/** A rule asked of every container of every pod. */
export function containerRule<const L extends LimitSet = NoLimits>(
  rule: About<L> & ({ check: Check<ContainerView, L> } | { across: AcrossCheck<ContainerView, L> }),
): Rule {
  return { ...rule, on: "container" } as Rule;
}

/** A rule asked of everything that makes pods. */
export function workloadRule<const L extends LimitSet = NoLimits>(
  rule: About<L> & ({ check: Check<Workload, L> } | { across: AcrossCheck<Workload, L> }),
): Rule {
  return { ...rule, on: "workload" } as Rule;
}

type OfResource<P, L extends LimitSet> = About<L> & { readonly on: readonly string[] } & (
    | { check: Check<Resource<P>, L> }
    | { across: AcrossCheck<Resource<P>, L> }
  );

/** A rule asked of every resource of some kinds; `P` is the shape of their properties. */
export function resourceRule<P>(): <const L extends LimitSet = NoLimits>(rule: OfResource<P, L>) => Rule {
  return (rule) => rule as Rule;
}

/** A rule asked once of everything together. */
export function stackRule<const L extends LimitSet = NoLimits>(
  rule: About<L> & { across: AcrossCheck<Graph, L> },
): Rule {
  return { ...rule, on: "stack" } as Rule;
}
