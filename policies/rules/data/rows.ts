import type { Graph } from "../../resources/graph.ts";
import { intentOf, PROGRAMS, workloadFor, type Intent } from "../../views/intent.ts";
import { admits } from "../../views/weaknesses.ts";
import { everywhere, notApplicable, resourceRule } from "../../judging/rule.ts";

const rule = resourceRule<{ readonly plan?: unknown }>();

export const migrationBeforeRollout = rule({
  id: "migration-before-rollout",
  number: "C45",
  items: [35],
  on: PROGRAMS,
  severity: "high",
  levels: everywhere,
  title: "A service with a database has a Job that brings its tables up to date, or says who does it",
  why: "Without it new code meets old tables, or every replica changes them at the same moment.",
  fix: `const migration = new k8s.batch.v1.Job("order-migration", { spec }); new k8s.apps.v1.Deployment("order", args, { dependsOn: [migration] });`,
  *across(component, { graph }) {
    const intent = intentOf(component);
    if (intent.database === undefined) return notApplicable;
    if (intent.migratesNothing && somebodyElseMigrates(graph, intent)) return notApplicable;
    const job = graph.workloads.some(
      ({ kind, resource, pod }) =>
        kind === "Job" &&
        `${resource.urn} ${resource.name}`.includes(intent.name) &&
        (/migrat/i.test(resource.name) ||
          (pod.containers ?? []).some(({ command = [], args = [] }) =>
            [...command, ...args].some((word) => /migrat/i.test(word)),
          )),
    );
    if (!job)
      yield {
        path: "plan.database",
        found: `no migration Job for ${intent.name}`,
        wanted: "one that runs before the rollout",
      };
  },
});

/** The program itself, somebody else with a reason, or nobody because it may change no table. */
function somebodyElseMigrates(graph: Graph, intent: Intent): boolean {
  if (["itself", "unmigrated"].some((kind) => admits(graph, intent, kind))) return true;
  return intent.uses.length > 0 && intent.uses.every(({ may }) => may !== "change");
}

export const outboxHasHome = rule({
  id: "outbox-has-home",
  number: "C46",
  items: [39, 24],
  on: PROGRAMS,
  severity: "medium",
  levels: { critical: "mandatory", standard: "advisory", dev: "advisory" },
  title: "A service that publishes or consumes has a database for its outbox and inbox",
  why: "Without one an event is lost between commit and publish, or does its work twice.",
  fix: `uses: { "orders-db": { may: "write" } } // in the description of the service`,
  *check(component) {
    const { publishes, consumes, database, name } = intentOf(component);
    if (publishes.length + consumes.length === 0) return notApplicable;
    if (database === undefined)
      yield {
        path: "plan.database",
        found: `none, and ${name} ${publishes.length ? `publishes ${publishes.join(", ")}` : `consumes ${consumes.join(", ")}`}`,
        wanted: "a database of its own",
      };
  },
});

export const viewStandsAlone = rule({
  id: "view-stands-alone",
  number: "C47",
  items: [18],
  on: PROGRAMS,
  severity: "medium",
  levels: everywhere,
  title: "A read model asks nobody",
  why: "A view that calls the owners of its data is down whenever one of them is.",
  fix: `consumes: ["OrderPlaced"], uses: { "orders-db": { may: "write" } } // and no calls`,
  *across(component, { graph }) {
    const intent = intentOf(component);
    const workload = workloadFor(graph, intent);
    if (!isView(workload?.metadata.labels, intent.name)) return notApplicable;
    if (intent.calls.length > 0)
      yield { path: "plan.calls", found: intent.calls.map(({ callee }) => callee).join(", "), wanted: "none" };
    if (intent.database === undefined) yield { path: "plan.database", found: "none", wanted: "a database of its own" };
    if (intent.consumes.length === 0)
      yield { path: "plan.consumes", found: "nothing", wanted: "the events of its owners" };
    if (intent.routes.length === 0) yield { path: "plan.routes", found: "none", wanted: "a public route" };
  },
});

function isView(labels: Readonly<Record<string, string>> | undefined, name: string): boolean {
  return labels?.["app.kubernetes.io/component"] === "view" || /(^|-)(view|viewpage|mypage|lookup)(-|$)/.test(name);
}
