/** One rule, asked of a few objects. */

import { resourcesOf } from "../cases/cases.ts";
import { judge } from "../judging/judge.ts";
import type { Facts } from "../resources/facts.ts";
import { Graph } from "../resources/graph.ts";
import type { Props } from "../resources/resource.ts";
import { RULES } from "../rules.ts";
import { changed, type Edits } from "./case.ts";

export interface Asked {
  /** Each finding as `path: what was found`. */
  readonly found: readonly string[];
  /** Why the rule could not know. */
  readonly unknown: readonly string[];
}

/** Asks a rule by its id; a rule that breaks is an error. */
export function ask(id: string, objects: readonly Props[], facts: Facts = {}): Asked {
  return asked(id, new Graph(resourcesOf(objects)), facts);
}

/** Asks a rule of the good system with changes. */
export function askGood(id: string, edits: Edits, facts: Facts = {}): Asked {
  return asked(id, new Graph(changed(edits)), facts);
}

function asked(id: string, graph: Graph, facts: Facts): Asked {
  const rules = RULES.filter((rule) => rule.id === id);
  if (rules.length === 0) throw new Error(`no rule ${id}`);
  const levels = { [id]: "mandatory" } as const;
  const { findings, doubts } = judge(graph, rules, { tier: "standard", facts, levels });
  const broken = doubts.find((doubt) => doubt.broken);
  if (broken) throw new Error(`${id} breaks: ${broken.reason}`);
  return {
    found: findings.map(({ path, found }) => `${path}: ${found}`),
    unknown: doubts.map(({ reason }) => reason),
  };
}
