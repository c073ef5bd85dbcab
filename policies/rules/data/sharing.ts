import { intents, type Intent } from "../../views/intent.ts";
import { inProduction, notApplicable, stackRule } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";

export const sharingDeclared = stackRule({
  id: "sharing-declared",
  number: "C96",
  items: [30],
  severity: "high",
  levels: inProduction,
  title: "Every user of a store but the first says why it is shared",
  why: "Two programs on the same tables cannot change them apart, and nobody sees it in either of them.",
  fix: `uses: { "orders-db": { may: "read", shared: "prints what order wrote" } } // in the description`,
  *across(graph: Graph) {
    const uses = intents(graph).flatMap((intent) => intent.uses.map((use) => ({ intent, use })));
    if (uses.length === 0) return notApplicable;
    const silent = uses.filter(({ use }) => use.shared === undefined);
    for (const [, same] of Map.groupBy(silent, ({ intent, use }) => `${intent.system}/${use.store}`))
      for (const { intent, use } of same.slice(1))
        yield {
          path: "plan.uses",
          found: `${use.store}, which ${nameOf(same[0]?.intent)} uses too, and no reason`,
          wanted: "shared, with the reason",
          on: intent.resource,
        };
  },
});

const nameOf = (intent: Intent | undefined): string => intent?.name ?? "another program";
