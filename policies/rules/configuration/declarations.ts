import { parseQuantity } from "../../../model/quantity.ts";
import { advice, everywhere, notApplicable, resourceRule, workloadRule, type Problem } from "../../judging/rule.ts";
import { containersOf, type ContainerView, type Workload } from "../../resources/pods.ts";
import { property, type Resource } from "../../resources/resource.ts";
import { isBuiltIn } from "../../served/apis.ts";
import { isCount, isShare } from "../../views/capacity.ts";

export const listsAreLists = resourceRule<object>()({
  id: "lists-are-lists",
  number: "K66",
  items: [37],
  on: ["*"],
  severity: "critical",
  levels: everywhere,
  title: "Lists are written as lists",
  why: "The API server refuses the object.",
  fix: `env: [{ name: "LOG_LEVEL", value: "info" }]`,
  *check(resource) {
    const apiVersion = String(property(resource, "apiVersion") ?? "");
    if (apiVersion === "" || !isBuiltIn(apiVersion)) return notApplicable;
    const { noLists = [] } = resource;
    for (const { path, found } of noLists) yield { path, found, wanted: "a list" };
  },
});

export const declaredOnce = resourceRule<object>()({
  id: "declared-once",
  number: "K67",
  items: [37],
  on: ["*"],
  severity: "medium",
  levels: advice,
  title: "Every object is declared once",
  why: "Which of the two holds depends on the order of the files: one of them is lost, and nobody is told.",
  fix: `metadata: { name: "order-2" } // or only one of the two`,
  *across(resource, { graph }) {
    if (resource.apiVersion === "" || /[/:]/.test(resource.kind) || !resource.metadata.name) return notApplicable;
    const first = graph.find(resource.kind, resource.namespace, resource.name);
    if (first && first !== resource)
      yield {
        path: "metadata.name",
        found: `${resource.name}, declared before${placeOf(first)}`,
        wanted: "one of the two",
        related: [first],
      };
  },
});

function placeOf({ source }: Resource): string {
  return source ? ` in ${source.file}:${source.lineOf("")}` : "";
}

export const amountsReadable = workloadRule({
  id: "amounts-readable",
  number: "K68",
  items: [37],
  severity: "high",
  levels: everywhere,
  title: "Every amount of a workload is one that Kubernetes can read",
  why: "The API server refuses the object, or no pod of it is ever made.",
  fix: `resources: { requests: { cpu: "100m", memory: "128Mi" } }`,
  *check(workload) {
    yield* counts(workload);
    for (const view of containersOf(workload)) yield* quantities(view);
  },
});

function* counts({ spec }: Workload): Iterable<Problem> {
  const { replicas, strategy, updateStrategy } = spec;
  if (replicas !== undefined && replicas !== null && !isCount(replicas))
    yield { path: "spec.replicas", found: said(replicas), wanted: "a whole number" };
  for (const [name, { rollingUpdate }] of Object.entries({
    strategy: strategy ?? {},
    updateStrategy: updateStrategy ?? {},
  }))
    for (const [key, value] of Object.entries(rollingUpdate ?? {}))
      if (/^max(Surge|Unavailable)$/.test(key) && value !== null && !isShare(value))
        yield {
          path: `spec.${name}.rollingUpdate.${key}`,
          found: said(value),
          wanted: "a whole number or a percentage",
        };
}

/** Negative ones; what is no quantity at all is told where it is asked for. */
function* quantities({ container, path }: ContainerView): Iterable<Problem> {
  for (const bound of ["requests", "limits"] as const)
    for (const [name, value] of Object.entries(container.resources?.[bound] ?? {})) {
      const amount = value === null ? 0 : parseQuantity(value);
      const askedFor = amount === undefined && `${bound}.${name}`.match(/^(requests\.(cpu|memory)|limits\.memory)$/);
      if (!askedFor && (amount === undefined || amount < 0))
        yield { path: `${path}.resources.${bound}.${name}`, found: said(value), wanted: "a quantity, 0 or more" };
    }
}

const said = (value: unknown): string => (typeof value === "string" ? `"${value}"` : JSON.stringify(value));
