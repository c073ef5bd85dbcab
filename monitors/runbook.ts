import type { SystemPlan } from "../model/plan.ts";
import type { Alert } from "./alert.ts";
import { runbookName } from "./alerting-rule.ts";
import { duration } from "./promql/duration.ts";
import { platformAlerts, systemAlerts } from "./rules.ts";
import type { Stores } from "./scope.ts";
import { patience, TIMING } from "./timing.ts";

/** One page of docs/runbooks. */
export interface Page {
  readonly name: string;
  readonly content: string;
}

/** One page for every alert, and a list of them: what an alert's `runbook_url` opens. */
export function runbooks(plans: readonly SystemPlan[]): Page[] {
  const timing = TIMING.standard;
  const ofSystems = plans.flatMap((plan) => everywhere(plan).map((alert) => ({ alert, plan })));
  const entries: Entry[] = [...ofSystems, ...platformAlerts(timing).map((alert) => ({ alert, plan: null }))];
  const byName = Map.groupBy(entries, ({ alert }) => alert.name);
  const pages = [...byName].map(([name, same]) => ({ name: `${runbookName(name)}.md`, content: page(same) }));
  return [...pages, { name: "README.md", content: list([...byName.values()], plans) }];
}

/** Alerts of a system whose stores are pods, and those that it has only where they belong to the cloud. */
function everywhere(plan: SystemPlan): Alert[] {
  const of = (stores: Stores) => systemAlerts({ plan, timing: TIMING.standard, stores });
  const pods = of("pods");
  return [...pods, ...of("cloud").filter(({ name }) => pods.every((alert) => alert.name !== name))];
}

interface Entry {
  readonly alert: Alert;
  readonly plan: SystemPlan | null;
}

function page(entries: readonly Entry[]): string {
  const [{ alert }] = entries as [Entry];
  const rules = entries.filter(({ plan }) => plan === entries[0]?.plan).map(rule);
  return (
    [
      `# ${alert.name}`,
      rules.join("\n"),
      "## Symptom",
      alert.runbook.symptom,
      "## Impact",
      alert.runbook.impact,
      "## Diagnosis",
      diagnosis(entries[0] as Entry),
      "## Fix",
      alert.runbook.fix.map((step, index) => `${index + 1}. ${step}`).join("\n"),
      "Planned work? Silence it first; a silence ends after two hours at the latest: `npx slipway silence <system or service> --for 1h --why '<reason>'`.",
      "_Printed from `monitors/alerts/` by `npm run generate`._",
    ].join("\n\n") + "\n"
  );
}

/** The rule of one system is the rule of all: what it is called stands in the alert, and no page changes with a new system or service. */
function rule({ alert: { severity, patience: held, expr, limit }, plan }: Entry): string {
  const wait = patience(TIMING.standard, held);
  const text = plan ? expr(limit).replaceAll(`"${plan.name}"`, '"$namespace"') : expr(limit);
  return `- **${severity}**${wait > 0 ? ` after ${duration(wait)}` : " at once"}: \`${text}\``;
}

/** Commands that begin with what the alert names. */
function diagnosis({ alert, plan }: Entry): string {
  const commands = alert.runbook.diagnosis;
  const own = alert.proof.labels["service"];
  const store = ["mariadb", "postgres", "kafka"].find((name) => name === own);
  const asks = (name: string) => commands.some((command) => command.includes(`$${name}`));
  const names = [
    ...(plan && asks("namespace") ? ["namespace='<system>'"] : []),
    ...(asks("service") ? [`service=${store ?? "'<service>'"}`] : []),
  ];
  const setting = names.length === 0 ? [] : [`${names.join(" ")}  # as the alert says; README.md lists all`];
  const lines = commands.map((command) => (plan ? command : command.replaceAll("$namespace", "monitoring")));
  return ["```sh", ...setting, ...lines, "```"].join("\n");
}

function list(groups: readonly (readonly Entry[])[], plans: readonly SystemPlan[]): string {
  const rows = groups.map(([first, ...rest]) => {
    const { alert } = first as Entry;
    const severities = [...new Set([alert, ...rest.map((entry) => entry.alert)].map(({ severity }) => severity))].join(
      ", ",
    );
    return `| [${alert.name}](${runbookName(alert.name)}.md) | ${severities} | ${alert.runbook.symptom} |`;
  });
  return (
    [
      "# Runbooks",
      "One page for every alert: what it means, what it costs, how to look, what to do. Alerts link to their page.",
      ["| alert | severity | symptom |", "| --- | --- | --- |", ...rows].join("\n"),
      "## Systems",
      "What `namespace` and `service` of an alert may be, and who answers for it.",
      ["| system | team | services |", "| --- | --- | --- |", ...plans.map(services)].join("\n"),
    ].join("\n\n") + "\n"
  );
}

function services({ name, owner, workloads }: SystemPlan): string {
  return `| ${name} | ${owner} | ${workloads.map((workload) => workload.name).join(", ")} |`;
}
