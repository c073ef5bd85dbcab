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
  return [...pages, { name: "README.md", content: list([...byName.values()]) }];
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
  const rules = entries.filter(({ plan }) => plan === entries[0]?.plan).map((entry) => rule(entry.alert));
  return (
    [
      `# ${alert.name}`,
      rules.join("\n"),
      "## Symptom",
      alert.runbook.symptom,
      "## Impact",
      alert.runbook.impact,
      "## Diagnosis",
      ...diagnosis(entries),
      "## Fix",
      alert.runbook.fix.map((step, index) => `${index + 1}. ${step.replaceAll("$namespace", "<system>")}`).join("\n"),
      "Planned work? Silence it first; a silence ends after two hours at the latest: `npx slipway silence <system or service> --for 1h --why '<reason>'`.",
      "_Printed from `monitors/alerts/` by `npm run generate`._",
    ].join("\n\n") + "\n"
  );
}

function rule({ severity, patience: held, expr, limit }: Alert): string {
  const wait = patience(TIMING.standard, held);
  return `- **${severity}**${wait > 0 ? ` after ${duration(wait)}` : " at once"}: \`${expr(limit)}\``;
}

/** The commands of every system with its own names; the service is the one named in the alert. */
function diagnosis(entries: readonly Entry[]): string[] {
  return [...new Map(entries.map((entry) => [entry.plan?.name, entry]))].flatMap(([, { alert, plan }]) => {
    const { diagnosis: commands } = alert.runbook;
    const needsService = commands.some((command) => command.includes("$service"));
    const own = alert.proof.labels["service"];
    const store = own === "mariadb" || own === "kafka" ? own : null;
    const names = plan?.workloads.map(({ name }) => name) ?? [];
    const setting = needsService
      ? [
          store
            ? `service=${store}`
            : `service=${own ?? names[0]}  # or ${names.filter((name) => name !== own).join(", ")}`,
        ]
      : [];
    const lines = [
      ...setting,
      ...commands.map((command) => command.replaceAll("$namespace", plan?.name ?? "monitoring")),
    ];
    return [...(plan ? [`${plan.name} (team ${plan.owner}):`] : []), ["```sh", ...lines, "```"].join("\n")];
  });
}

function list(groups: readonly (readonly Entry[])[]): string {
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
    ].join("\n\n") + "\n"
  );
}
