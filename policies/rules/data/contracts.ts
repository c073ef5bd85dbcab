import { ANNOTATION } from "../../../model/names.ts";
import type { Graph } from "../../resources/graph.ts";
import { intentOf, PROGRAMS, workloadFor, type Intent } from "../../views/intent.ts";
import type { Metadata } from "../../resources/kubernetes.ts";
import type { Workload } from "../../resources/pods.ts";
import { everywhere, notApplicable, resourceRule } from "../../judging/rule.ts";

const PATH = `metadata.annotations["${ANNOTATION.contracts}"]`;

const rule = resourceRule<{ readonly plan?: unknown }>();
const common = {
  items: [9],
  on: PROGRAMS,
  severity: "medium",
  fix: `metadata: { annotations: { "slipway.dev/contracts": "payment@3, PayApproved@1" } }`,
} as const;

export const contractsDeclared = rule({
  ...common,
  id: "contracts-declared",
  number: "C76",
  levels: everywhere,
  title: "A service that calls or consumes names the contracts it was tested against",
  why: "Without a version nobody can tell before the rollout whether a provider still sends what its consumers read.",
  *across(component, { graph }) {
    const { intent, workload, wanted } = sides(component, graph);
    if (!workload || needs(intent).length === 0) return notApplicable;
    if (wanted === undefined)
      yield {
        path: PATH,
        found: "not set",
        wanted: needs(intent)
          .map((subject) => `${subject}@<version>`)
          .join(", "),
        on: workload.resource,
        related: [component],
      };
  },
});

export const contractsMatch = rule({
  ...common,
  id: "contracts-match",
  number: "C44",
  levels: everywhere,
  title: "Both sides of a call or an event name the same version of its contract",
  why: "A provider that dropped a field breaks every consumer that still reads it, one request after the rollout.",
  *across(component, { graph }) {
    const { intent, workload, wanted } = sides(component, graph);
    if (!workload || wanted === undefined) return notApplicable;
    const offered = graph.once(
      "contracts offered",
      () => new Set(graph.workloads.flatMap((one) => split(annotation(one, ANNOTATION.provides) ?? ""))),
    );
    for (const contract of wanted) {
      const near = [...offered].filter((other) => nameOf(other) === nameOf(contract));
      if (!offered.has(contract))
        yield {
          path: PATH,
          found: contract,
          wanted: near.length ? near.join(" or ") : "a contract that somebody provides",
          on: workload.resource,
        };
    }
    for (const subject of needs(intent)) {
      if (!wanted.some((contract) => nameOf(contract) === subject))
        yield {
          path: PATH,
          found: `no contract for ${subject}`,
          wanted: `${subject}@<version>`,
          on: workload.resource,
        };
    }
  },
});

/** What a component meant, the workload that it became, and the contracts that this names. */
function sides(
  component: Parameters<typeof intentOf>[0],
  graph: Graph,
): {
  readonly intent: Intent;
  readonly workload: Workload | undefined;
  readonly wanted: readonly string[] | undefined;
} {
  const intent = intentOf(component);
  const workload = workloadFor(graph, intent);
  const named = workload && annotation(workload, ANNOTATION.contracts);
  return { intent, workload, wanted: named === undefined ? undefined : split(named) };
}

/** What a service relies on. Programs of others hold to contracts that nobody here has: their clients are not the kit's. */
const needs = ({ calls, consumes }: Intent): readonly string[] => [
  ...calls.filter(({ keptBy }) => keptBy === "kit").map(({ callee }) => callee),
  ...consumes,
];
const nameOf = (contract: string): string | undefined => contract.split("@")[0];
const annotation = ({ resource, metadata }: Workload, name: string): string | undefined =>
  [resource.metadata, metadata]
    .map(({ annotations }: Metadata) => annotations?.[name])
    .find((text) => text !== undefined);

function split(text: string): string[] {
  return text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
