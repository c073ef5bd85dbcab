/** Asks every rule about everything it concerns and keeps five answers apart: passed, failed, unknown, not applicable, exempt. */

import type { Facts } from "../resources/facts.ts";
import type { Graph } from "../resources/graph.ts";
import { containersOf } from "../resources/pods.ts";
import type { Resource } from "../resources/resource.ts";
import { Inquiry, type Answer, type Doubt, type Finding } from "./inquiry.ts";
import type { Level, LimitSet, Rule, Subject, Tier } from "./rule.ts";

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
  const inquiries = rules.flatMap((rule) => {
    const level = levelOf(rule, settings);
    return level === "disabled" ? [] : [inquire(rule, level, graph, settings)];
  });
  return {
    findings: toldOnce(inquiries.flatMap(({ findings }) => findings)),
    doubts: inquiries.flatMap(({ doubts }) => doubts),
    answers: new Map(inquiries.filter(({ answers }) => answers.size > 0).map(({ rule, answers }) => [rule, answers])),
  };
}

/** Without what another rule already tells of the same place. */
function toldOnce(findings: readonly Finding[]): readonly Finding[] {
  const key = (id: string, { resource, path }: Finding): string => `${id} ${resource.urn} ${path}`;
  if (!findings.some(({ rule }) => rule.toldBy)) return findings;
  const told = new Set(findings.map((finding) => key(finding.rule.id, finding)));
  return findings.filter((finding) => !finding.rule.toldBy || !told.has(key(finding.rule.toldBy, finding)));
}

function inquire(rule: Rule, level: Finding["level"], graph: Graph, settings: Settings): Inquiry {
  const { facts, tier } = settings;
  const today = facts.today ?? new Date().toISOString().slice(0, 10);
  const inquiry = new Inquiry(rule, level, { graph, facts, tier, today, limit: limitsOf(rule, settings) });
  if (rule.on === "container")
    for (const workload of graph.workloads) inquiry.askAll(() => containersOf(workload), workload.resource);
  else for (const [subject, resource] of subjectsOf(rule.on, graph)) inquiry.ask(subject, resource);
  return inquiry;
}

function* subjectsOf(
  on: Exclude<Rule["on"], "container">,
  graph: Graph,
): Iterable<readonly [Subject, Resource | undefined]> {
  if (on === "stack") yield [graph, undefined];
  else if (on === "workload") for (const workload of graph.workloads) yield [workload, workload.resource];
  else if (on[0] === "*") for (const resource of judged(graph, graph.resources)) yield [resource, resource];
  else for (const kind of on) for (const resource of judged(graph, graph.of(kind))) yield [resource, resource];
}

function judged(graph: Graph, resources: readonly Resource[]): readonly Resource[] {
  return graph.kept.size === 0 ? resources : resources.filter((resource) => !graph.kept.has(resource));
}
