/** One rule on its way through a graph: what it found, what it could not know, and how each resource did. */

import { configsOf } from "../views/config-refs.ts";
import { MissingFact, type Facts } from "../resources/facts.ts";
import type { Graph } from "../resources/graph.ts";
import type { Resource } from "../resources/resource.ts";
import { UnknownValue } from "../resources/unknown.ts";
import { blot, holdsSecret, mask } from "./mask.ts";
import { notApplicable, type Across, type Answers, type Level, type Problem, type Rule, type Subject } from "./rule.ts";

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

export class Inquiry {
  readonly rule: Rule;
  readonly findings: Finding[] = [];
  readonly doubts: Doubt[] = [];
  readonly answers = new Map<Resource | undefined, Answer>();
  readonly #level: Finding["level"];
  readonly #judging: Across;
  readonly #told = new Set<string>();

  constructor(rule: Rule, level: Finding["level"], judging: Across) {
    this.rule = rule;
    this.#level = level;
    this.#judging = judging;
  }

  /** Notes what the rule says about one subject, until it ends, meets an unknown value, or breaks. */
  ask(subject: Subject, resource: Resource | undefined): void {
    const problems: Problem[] = [];
    try {
      const answers = this.#answers(subject)[Symbol.iterator]();
      let answer = answers.next();
      for (; !answer.done; answer = answers.next()) problems.push(answer.value);
      if (answer.value !== notApplicable && problems.length === 0 && !this.answers.has(resource))
        this.answers.set(resource, "passed");
    } catch (error) {
      this.#doubt(error, resource);
    }
    for (const problem of problems) this.#find(inWords(problem), resource);
  }

  /** Asks about all parts of a resource; where nobody can know its parts, nobody can know the answer. */
  askAll(parts: () => Iterable<Subject>, resource: Resource): void {
    try {
      for (const part of parts()) this.ask(part, resource);
    } catch (error) {
      this.#doubt(error, resource);
    }
  }

  #answers(subject: Subject): Answers {
    return "check" in this.rule ? this.rule.check(subject, this.#judging) : this.rule.across(subject, this.#judging);
  }

  #doubt(error: unknown, resource: Resource | undefined): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.doubts.push({
      rule: this.rule,
      resource,
      reason: blot(reason, secretive(this.#judging.graph, [resource])),
      broken: !(error instanceof UnknownValue),
      ...(error instanceof MissingFact ? { fact: error.fact } : {}),
    });
    if (this.answers.get(resource) !== "failed") this.answers.set(resource, "unknown");
  }

  #find(problem: Problem, asked: Resource | undefined): void {
    const resource = problem.on ?? asked;
    if (this.rule.needsAll && !this.#judging.graph.whole)
      return this.#doubt(
        new UnknownValue(`${problem.found}, unless a document that cannot be read declares it`),
        resource,
      );
    this.answers.set(resource, "failed");
    if (!resource || (problem.on && this.#repeats(problem))) return; // several subjects may point at one place
    const secrets = secretive(this.#judging.graph, [asked, resource, ...(problem.related ?? [])]);
    this.findings.push(mask({ ...problem, rule: this.rule, resource, level: this.#level }, secrets));
  }

  #repeats({ on, path, found }: Problem): boolean {
    const key = `${on?.urn}\n${path}\n${found}`;
    const told = this.#told.has(key);
    this.#told.add(key);
    return told;
  }
}

/** A rule quotes what a manifest says, and that may be a list or a map where the rule reads a text. */
function inWords(problem: Problem): Problem {
  const words = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? String(value)));
  return { ...problem, found: words(problem.found), wanted: words(problem.wanted) };
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
