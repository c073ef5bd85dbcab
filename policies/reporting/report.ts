/** The verdict per finding, rule, service and checklist item; what nobody could judge is never counted as good. */

import { CHECKED, staleDays } from "../../model/aws-releases.ts";
import { LABEL } from "../../model/names.ts";
import { CHECKLIST } from "./checklist.ts";
import { applyExemptions, type Exempted, type Exemption } from "./exemptions.ts";
import { fingerprint } from "../judging/finding.ts";
import { Graph } from "../resources/graph.ts";
import { judge, levelOf, type Judgement, type Settings } from "../judging/judge.ts";
import type { Doubt, Finding } from "../judging/inquiry.ts";
import type { Resource, Source } from "../resources/resource.ts";
import type { Rule } from "../judging/rule.ts";

export interface Tally {
  passed: number;
  failed: number;
  unknown: number;
  exempt: number;
}
export type Verdict = "passed" | "failed" | "unknown until deployed" | "not applicable" | "exempt";
export interface ItemReport extends Tally {
  readonly number: number;
  readonly title: string;
  readonly verdict: Verdict;
}
export interface Report {
  readonly findings: readonly Finding[]; // open and new
  readonly known: readonly Finding[]; // in the baseline
  readonly exempt: readonly Exempted[];
  readonly unknown: readonly Doubt[];
  readonly items: readonly ItemReport[];
  readonly services: ReadonlyMap<string, Tally>;
  readonly rules: { readonly asked: number; readonly applicable: number };
  /** Why a verdict may be less sure than it looks. */
  readonly notes: readonly string[];
  readonly resources: { readonly judged: number; readonly skipped: ReadonlyMap<string, number> };
}
export interface Order {
  /** True where a part of the input could not be read. */
  readonly incomplete?: boolean;
  readonly resources: readonly Resource[];
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  readonly exemptions: readonly Exemption[];
  /** Where they are written, if in a file. */
  readonly exemptionsIn?: Source;
  /** Fingerprints of findings that were there before. */
  readonly baseline: ReadonlySet<string>;
  readonly today: Date;
}

/** Judges resources and sums up. */
export function report(order: Order): Report {
  const graph = new Graph(order.resources, !order.incomplete);
  const { findings, doubts, answers } = judge(graph, order.rules, order.settings);
  const sorted = applyExemptions({ findings, doubts }, order.exemptions, order.rules, order.today, order.exemptionsIn);
  const open = placed(sorted.open);
  const excused = placed(sorted.exempt.map(({ finding }) => finding));
  const exempt = sorted.exempt.map((one, index) => ({ ...one, finding: excused[index] ?? one.finding }));
  const sums = summed(graph, answers, new Set(exempt.map(({ finding }) => fingerprint(finding))));
  return {
    findings: open.filter((finding) => !order.baseline.has(fingerprint(finding))),
    known: open.filter((finding) => order.baseline.has(fingerprint(finding))),
    exempt,
    unknown: [...doubts, ...sorted.doubts],
    services: sums.services,
    resources: {
      judged: sums.judged.size,
      skipped: kindsOf(order.resources.filter((resource) => !sums.judged.has(resource))),
    },
    items: CHECKLIST.map(({ number, title }) => {
      const sum = sums.items.get(number) ?? tally();
      return { number, title, ...sum, verdict: verdictOf(sum) };
    }),
    rules: {
      asked: order.rules.filter((rule) => levelOf(rule, order.settings) !== "disabled").length,
      applicable: answers.size,
    },
    notes: calendarNotes(answers, order.today),
  };
}

function calendarNotes(answers: Judgement["answers"], today: Date): string[] {
  const days = staleDays(today.toISOString().slice(0, 10));
  const dated = [...answers.keys()].filter((rule) => rule.dated).map(({ id }) => id);
  if (days === null || dated.length === 0) return [];
  return [
    `${dated.join(" and ")}: the calendars of what AWS supports were last looked at on ${CHECKED}, ${days} days ago; a newer release may know more.`,
  ];
}

interface Sums {
  readonly services: Map<string, Tally>;
  readonly items: Map<number, Tally>;
  readonly judged: Set<Resource>;
}

/** Answers by service and by checklist item; what somebody answers for counts as exempt. */
function summed(graph: Graph, answers: Judgement["answers"], excused: ReadonlySet<string>): Sums {
  const sums: Sums = { services: new Map(), items: new Map(), judged: new Set() };
  for (const [rule, asked] of answers) {
    for (const [resource, answer] of asked) {
      const exempt = answer === "failed" && resource && excused.has(fingerprint({ rule, resource }));
      const verdict = exempt ? "exempt" : answer;
      for (const number of rule.items) count(sums.items, number, verdict);
      if (!resource) continue;
      if (rule.on[0] !== "*") sums.judged.add(resource);
      count(sums.services, serviceOf(graph, resource), verdict);
    }
  }
  return sums;
}

/** Findings with their lines; file by file, because places are looked up in one file at a time. */
function placed(findings: readonly Finding[]): Finding[] {
  const lines = new Map<Finding, number>();
  for (const group of Map.groupBy(findings, ({ resource }) => resource.source?.file).values()) {
    for (const [{ source }, about] of Map.groupBy(group, ({ resource }) => resource)) {
      if (source) for (const finding of about) lines.set(finding, source.lineOf(finding.path));
    }
  }
  return findings.map((finding) => ({ ...finding, ...(lines.has(finding) ? { line: lines.get(finding) ?? 1 } : {}) }));
}

function tally(): Tally {
  return { passed: 0, failed: 0, unknown: 0, exempt: 0 };
}

function count<K>(sums: Map<K, Tally>, key: K, verdict: keyof Tally): void {
  let sum = sums.get(key);
  if (!sum) sums.set(key, (sum = tally()));
  sum[verdict] += 1;
}

/** One failure fails; one doubt leaves it open; without an answer it does not apply. */
export function verdictOf({ passed, failed, unknown, exempt }: Tally): Verdict {
  if (failed > 0) return "failed";
  if (unknown > 0) return "unknown until deployed";
  if (exempt > 0) return "exempt";
  return passed > 0 ? "passed" : "not applicable";
}

/** Share of the answers that are good, for people. */
export function shownScore(tally: Tally): string {
  const share = score(tally);
  return share === undefined ? "–" : `${share} %`;
}

/** Share of the answers that are good; unknown ones are not. */
export function score({ passed, failed, unknown }: Tally): number | undefined {
  const all = passed + failed + unknown;
  return all === 0 ? undefined : Math.floor((passed / all) * 100);
}

/** The service that a resource belongs to: by label, by the workload it is about, else its own name. */
function serviceOf(graph: Graph, resource: Resource): string {
  try {
    const labels = graph.workload(resource)?.metadata.labels ?? resource.metadata.labels;
    const name = labels?.[LABEL.name] ?? labels?.["app"] ?? labels?.["name"] ?? resource.name;
    return resource.namespace ? `${resource.namespace}/${name}` : name;
  } catch {
    return resource.name;
  }
}

function kindsOf(resources: readonly Resource[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of resources) counts.set(kind || "(no kind)", (counts.get(kind || "(no kind)") ?? 0) + 1);
  return counts;
}
