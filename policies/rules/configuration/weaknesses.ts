import { TOKEN } from "../../../model/names.ts";
import { advice, resourceRule } from "../../judging/rule.ts";
import { weaknessesIn } from "../../views/weaknesses.ts";

/** What each kind of weakness takes away. */
const COST: Readonly<Record<string, string>> = {
  one: "runs once: every crash, drain and rollout is an outage",
  sticky: "keeps clients with one replica: its end ends their sessions",
  slow: "may wait longer than others: who waits for it waits too",
  shared: "shares a store: neither can change its tables alone",
  connects: "tells no more of its health than that a connection opens",
  itself: "changes its tables at its start, and may do so for ever",
  unmigrated: "has no step that brings its tables up to date",
  beside: "has a second program in its pods, which nothing probes",
  rights: "has rights in the cloud that no store gives",
  open: "has answers without an end: a stop cuts them off or waits",
  unhealthy: "tells nothing of its health: a rollout proves nothing",
  unprotected: "calls without a breaker: a slow callee stops it too",
};

export const declaredWeaknesses = resourceRule<{ readonly plan?: unknown }>()({
  id: "declared-weaknesses",
  number: "C97",
  items: [],
  on: [TOKEN.system],
  severity: "low",
  levels: advice,
  title: "Nothing weakens a promise; what does is told with the reason of its description",
  why: "An exception that was right once stays for years when nobody reads it again.",
  fix: `scale: { max: 4 } // instead of scale: { one: "…" }, once the program may run twice`,
  *check(component) {
    for (const [index, { service, kind, about, reason }] of weaknessesIn(component).entries())
      yield {
        path: `plan.weaknesses[${index}]`,
        found: `${service} ${COST[kind] ?? kind} (${kind}: ${about})`,
        wanted: "none, or this reason still holds",
        note: reason === "" ? "no reason given" : reason,
      };
  },
});
