/** Labelled cases: what other suites call good or bad, asked of the rules here. */

import { rulesFor } from "./checks.ts";
import type { Facts } from "../resources/facts.ts";
import { Graph } from "../resources/graph.ts";
import { judge } from "../judging/judge.ts";
import type { Finding } from "../judging/inquiry.ts";
import { kubernetesResource, providerResource, type Props, type Resource } from "../resources/resource.ts";

export interface Case {
  readonly id: string;
  readonly check: string;
  readonly verdict: "good" | "bad";
  readonly params?: Readonly<Record<string, unknown>>;
  readonly subject?: { readonly kind?: string; readonly namespace?: string | null; readonly name?: string };
  readonly partial?: boolean;
  readonly resources: readonly Props[];
}
export interface Outcome {
  readonly case: Case;
  readonly answer: "good" | "bad" | "no such check" | "broken";
  readonly findings: readonly Finding[];
  readonly doubts: readonly string[];
}

/** Resources of a case: Kubernetes objects, or `{ type, name, props }` of a provider. */
export function resourcesOf(input: readonly Props[]): Resource[] {
  return input.flatMap((one): Resource[] => {
    if (typeof one !== "object" || one === null) throw new Error(`found ${JSON.stringify(one)} among the resources`);
    if (one["kind"] === "List" && Array.isArray(one["items"])) return resourcesOf(one["items"] as Props[]);
    return [
      typeof one["type"] === "string" && one["props"] !== undefined
        ? providerResource(one["type"], String(one["name"]), one["props"] as Props)
        : kubernetesResource(one),
    ];
  });
}

/** Asks the rules of a case's check; a finding about another resource than its subject does not count. */
export function answer(labelled: Case): Outcome {
  const rules = rulesFor(labelled.check);
  if (rules.length === 0) return { case: labelled, answer: "no such check", findings: [], doubts: [] };
  const limits = Object.fromEntries(rules.map(({ id }) => [id, labelled.params ?? {}]));
  const levels = Object.fromEntries(rules.map(({ id }) => [id, "mandatory" as const]));
  const facts = (labelled.params?.["facts"] ?? {}) as Facts;
  try {
    const { findings, doubts } = judge(new Graph(resourcesOf(labelled.resources)), rules, {
      tier: "standard",
      facts,
      limits,
      levels,
    });
    const relevant = findings.filter((finding) => concerns(finding, labelled.subject));
    const broken = doubts.filter((doubt) => doubt.broken);
    return {
      case: labelled,
      answer: broken.length > 0 ? "broken" : relevant.length > 0 ? "bad" : "good",
      findings: relevant,
      doubts: doubts.map(({ reason }) => reason),
    };
  } catch (error) {
    return {
      case: labelled,
      answer: "broken",
      findings: [],
      doubts: [error instanceof Error ? error.message : String(error)],
    };
  }
}

function concerns({ resource, related = [], rule }: Finding, subject: Case["subject"]): boolean {
  if (!subject) return true;
  const asks = typeof rule.on === "string" || rule.on[0] === "*" || rule.on.includes(subject.kind ?? "");
  if (!asks && related.length === 0) return true; // a case about a workload may be decided by the budget beside it
  return [resource, ...related].some(
    ({ kind, name, namespace, metadata }) =>
      (subject.kind === undefined || kind === subject.kind || kind.endsWith(`/${subject.kind}`)) &&
      (subject.name === undefined || name === subject.name) &&
      (!subject.namespace || namespace === subject.namespace || metadata.namespace === undefined),
  );
}
