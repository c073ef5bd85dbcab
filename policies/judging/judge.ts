/** Asks every rule about everything it concerns and keeps five answers apart: passed, failed, unknown, not applicable, exempt. */

import { configsOf } from "../views/config-refs.ts";
import { MissingFact, type Facts } from "../resources/facts.ts";
import type { Graph } from "../resources/graph.ts";
import { blot, holdsSecret, mask } from "./mask.ts";
import { containersOf, type ContainerView, type Workload } from "../resources/pods.ts";
import type { Resource } from "../resources/resource.ts";
import {
  notApplicable,
  type CrossRule,
  type Level,
  type LimitSet,
  type Problem,
  type Rule,
  type Subject,
  type Tier,
} from "./rule.ts";
import { UnknownValue } from "../resources/unknown.ts";

export interface Finding extends Problem {
  readonly rule: Rule;
  readonly resource: Resource;
  readonly level: Exclude<Level, "disabled">;
  /** Line of the property, or of its nearest parent that exists; only of what was read from a file. */
  readonly line?: number;
}
export interface Doubt {
  readonly rule: Rule;
  readonly resource: Resource | undefined;
  readonly reason: string;
  readonly broken: boolean;
  readonly fact?: keyof Facts;
}
/** How one resource did under one rule. */
export type Answer = "passed" | "failed" | "unknown";
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly doubts: readonly Doubt[];
  /** Answers per rule and resource; a rule that is absent was not applicable to anything. */
  readonly answers: ReadonlyMap<Rule, ReadonlyMap<Resource | undefined, Answer>>;
}
export interface Settings {
  readonly tier: Tier;
  readonly facts: Facts;
  /** Thresholds by rule, over those of the tier. */
  readonly limits?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly levels?: Readonly<Record<string, Level>>;
}

/** The level of a rule under these settings. */
export function levelOf(rule: Rule, { tier, levels }: Pick<Settings, "tier" | "levels">): Level {
  return levels?.[rule.id] ?? rule.levels[tier];
}

/** Thresholds of a rule for a tier, with what the configuration changes. */
export function limitsOf(
  rule: Rule,
  { tier, limits }: Pick<Settings, "tier" | "limits">,
): Readonly<Record<string, unknown>> {
  const set: LimitSet = rule.limits ?? {};
  const resolved = Object.fromEntries(Object.entries(set).map(([name, { values }]) => [name, values[tier]]));
  return { ...resolved, ...limits?.[rule.id] };
}

/** Judges a graph by rules. One rule that breaks or one value that is unknown never hides the rest. */
export function judge(graph: Graph, rules: readonly Rule[], settings: Settings): Judgement {
  const findings: Finding[] = [];
  const doubts: Doubt[] = [];
  const answers = new Map<Rule, Map<Resource | undefined, Answer>>();
  for (const rule of rules) {
    const level = levelOf(rule, settings);
    if (level === "disabled") continue;
    const asked = new Map<Resource | undefined, Answer>();
    const told = new Set<string>();
    const judging = { graph, facts: settings.facts, tier: settings.tier, limit: limitsOf(rule, settings) };
    for (const [subject, resource] of subjectsOf(rule, graph)) {
      const problems = ask(
        rule,
        subject,
        judging,
        (doubt) => doubts.push({ rule, resource, ...doubt, reason: blot(doubt.reason, secretive(graph, [resource])) }),
        asked,
        resource,
      );
      for (const problem of problems) {
        const on = problem.on ?? resource;
        asked.set(on, "failed");
        if (problem.on && repeated(told, problem)) continue; // several subjects may point at one place
        if (on)
          findings.push(
            mask(
              { ...problem, rule, resource: on, level },
              secretive(graph, [resource, on, ...(problem.related ?? [])]),
            ),
          );
      }
    }
    if (asked.size > 0) answers.set(rule, asked);
  }
  return { findings, doubts, answers };
}

/** Whoever holds a secret that a rule about these resources may have quoted: themselves, and what their pods are configured with. */
function secretive(graph: Graph, resources: readonly (Resource | undefined)[]): readonly Resource[] {
  const known = graph.once("secretive", () => new Map<Resource, readonly Resource[]>());
  return resources.flatMap((resource) => {
    if (!resource) return [];
    const workload = graph.workload(resource);
    const holders =
      known.get(resource) ?? [resource, ...(workload ? configsOf(graph, workload) : [])].filter(holdsSecret);
    known.set(resource, holders);
    return holders;
  });
}

function repeated(told: Set<string>, { on, path, found }: Problem): boolean {
  const key = `${on?.urn}\n${path}\n${found}`;
  if (told.has(key)) return true;
  told.add(key);
  return false;
}

type Asked = Map<Resource | undefined, Answer>;

/** All problems that a rule finds before it ends, meets an unknown value, or breaks. */
function ask(
  rule: Rule,
  subject: Subject,
  judging: object,
  doubt: (why: Omit<Doubt, "rule" | "resource">) => void,
  asked: Asked,
  resource: Resource | undefined,
): Problem[] {
  const problems: Problem[] = [];
  try {
    const check = ("check" in rule ? rule.check : rule.across) as CrossRule["across"];
    const steps = check(subject as never, judging as never)[Symbol.iterator]();
    let step = steps.next();
    for (; !step.done; step = steps.next()) problems.push(step.value);
    if (step.value !== notApplicable && problems.length === 0 && !asked.has(resource)) asked.set(resource, "passed");
  } catch (error) {
    doubt({
      reason: error instanceof Error ? error.message : String(error),
      broken: !(error instanceof UnknownValue),
      ...(error instanceof MissingFact ? { fact: error.fact } : {}),
    });
    if (asked.get(resource) !== "failed") asked.set(resource, "unknown");
  }
  return problems;
}

function* subjectsOf({ on }: Rule, graph: Graph): Iterable<readonly [Subject, Resource | undefined]> {
  if (on === "stack") yield [graph, undefined];
  else if (on === "workload") for (const workload of graph.workloads) yield [workload, workload.resource];
  else if (on === "container") for (const view of containers(graph)) yield [view, view.resource];
  else if (on[0] === "*") for (const resource of graph.resources) yield [resource, resource];
  else for (const kind of on) for (const resource of graph.of(kind)) yield [resource, resource];
}

function containers(graph: Graph): readonly ContainerView[] {
  return graph.once("containers", () =>
    graph.workloads.flatMap((workload: Workload) => safely(() => [...containersOf(workload)])),
  );
}

function safely(read: () => ContainerView[]): ContainerView[] {
  try {
    return read();
  } catch {
    return []; // containers known only after deployment: workload rules say unknown
  }
}
