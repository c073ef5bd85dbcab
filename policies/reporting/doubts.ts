/** Why nobody could judge: a rule that broke is a fault of its own, a missing fact can be stated, and the rest waits. */

import { visible } from "../../model/harmless/visible.ts";
import type { Doubt } from "../judging/inquiry.ts";

/** Rules that are named one by one; the rest is counted. */
const NAMED = 8;

/** One sentence per rule that broke, per missing fact, and about everything that waits for deployment. `quoted` writes what a rule fell over. */
export function doubtSentences(doubts: readonly Doubt[], quoted = (text: string) => visible(text)): string[] {
  const broken = Map.groupBy(
    doubts.filter((doubt) => doubt.broken),
    ({ rule }) => rule.id,
  );
  const missing = Map.groupBy(
    doubts.filter(({ fact }) => fact !== undefined),
    ({ fact }) => fact,
  );
  const waiting = doubts.filter((doubt) => !doubt.broken && doubt.fact === undefined);
  return [
    ...[...broken].map(
      ([id, [first, ...more]]) =>
        `rule ${id} failed${more.length === 0 ? "" : ` ${more.length + 1} times`}: ${quoted(first?.reason ?? "")}`,
    ),
    ...[...missing].map(
      ([fact, group]) => `${counted(group, "need")} the fact ${fact} of the policy configuration: ${rulesOf(group)}`,
    ),
    ...(waiting.length === 0 ? [] : [`${counted(waiting, "wait")} for deployment: ${rulesOf(waiting)}`]),
  ];
}

function counted({ length }: readonly Doubt[], verb: string): string {
  return length === 1 ? `1 answer ${verb}s` : `${length} answers ${verb}`;
}

function rulesOf(doubts: readonly Doubt[]): string {
  const ids = [...new Set(doubts.map(({ rule }) => rule.id))];
  return [...ids.slice(0, NAMED), ...(ids.length > NAMED ? [`and ${ids.length - NAMED} rules more`] : [])].join(", ");
}
