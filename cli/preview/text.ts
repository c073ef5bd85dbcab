import { own } from "../../model/harmless/own.ts";
import { visible, visibleLines } from "../../model/harmless/visible.ts";
import { changingSteps, componentsOf } from "./components-of.ts";
import { costOf, totalOf } from "./cost/cost.ts";
import { endedEarly, errorsOf } from "./ended-early.ts";
import type { PolicyEvent } from "./engine-event.ts";
import type { PreviewPlan, Step } from "./preview-plan.ts";
import { priceBasis } from "./cost/price-basis.ts";
import { PLAN_ONLY } from "./pulumi-json.ts";
import { losses } from "./stateful.ts";
import { twoUpdates } from "./two-updates.ts";
import { verdict } from "./verdict.ts";

/** Changed resources that are named one by one. */
const MOST_RESOURCES = 20;
const SIGNS: Readonly<Record<string, string>> = { create: "+", update: "~", replace: "±", delete: "-" };

/** The plan as a terminal shows it: changes by component, what would be lost, verdicts, errors, cost. */
export function previewText(plan: PreviewPlan, verbose: boolean): string {
  const { stack, planOnly, policies, judged, failed, seconds } = plan;
  return `${[
    ...(planOnly ? [PLAN_ONLY] : []),
    ...changes(plan, verbose),
    ...(verbose ? [] : changedResources(plan)),
    ...losses(plan).map(
      ({ step, what, because }) =>
        `DATA WOULD BE LOST: ${what} ${visible(step.name)} would be ${step.op === "delete" ? "deleted" : "replaced"} (${visible(because.join(", "))})`,
    ),
    ...(judged ? policies.map((found) => finding(found, verbose)) : []),
    ...errorsOf(plan).map((message) => visibleLines(`error: ${message.replace(/^error: /, "")}`)),
    ...(verbose
      ? plan.diagnostics.filter(({ severity }) => severity === "warning").map(({ message }) => visibleLines(message))
      : []),
    ...twoUpdates(plan),
    ...costLine(plan),
    `preview of ${visible(stack)}${planOnly ? " (plan only)" : ""} ${failed ? "FAILED" : "done"}: ${summary(plan)}; engine ${seconds} s; policies ${judged ? verdict(plan) : "not asked"}`,
  ].join("\n")}\n`;
}

/** What is wrong and where; how to put it right with --verbose. */
function finding({ enforcementLevel, policyName, message }: PolicyEvent, verbose: boolean): string {
  const text = message.trim().replace(/^urn:pulumi:\S+::/, "");
  return `policy ${visible(policyName)} (${enforcementLevel}): ${verbose ? visibleLines(text) : visible(text.split("\n")[0] ?? "")}`;
}

function changes(plan: PreviewPlan, verbose: boolean): string[] {
  if (verbose)
    return plan.steps.map(({ op, type, name, id }) =>
      visible(`${own(SIGNS, op) ?? " "} ${type} ${name}${id && id !== name ? ` (${id})` : ""}`),
    );
  return componentsOf(plan).map(({ component, created, changed, replaced, deleted, same }) => {
    const parts = [
      [created, "to create"],
      [changed, "to change"],
      [replaced, "to replace"],
      [deleted, "to delete"],
      [same, "unchanged"],
    ] as const;
    return `  ${visible(component)}: ${parts
      .filter(([count]) => count > 0)
      .map(([count, what]) => `${count} ${what}`)
      .join(", ")}`;
  });
}

/** Of an update, which resources and which of their words; creations are counted above. */
function changedResources(plan: PreviewPlan): string[] {
  const touched = changingSteps(plan).filter(({ op }) => op !== "create" && own(SIGNS, op) !== undefined);
  const lines = touched.slice(0, MOST_RESOURCES).map((step) => {
    const words = step.changed.length > 0 ? `: ${step.changed.map((word) => visible(word)).join(", ")}` : "";
    return `  ${own(SIGNS, step.op) ?? " "} ${kindOf(step)} ${visible(step.name)}${words}`;
  });
  const left = touched.length - lines.length;
  return left > 0 ? [...lines, `  and ${left} more; --verbose shows them`] : lines;
}

/** "Deployment" of "kubernetes:apps/v1:Deployment". */
function kindOf({ type }: Step): string {
  return visible(type.split(":").at(-1) ?? type);
}

function summary({ changes }: PreviewPlan): string {
  return (
    Object.entries(changes)
      .map(([op, count]) => `${count} ${visible(op)}`)
      .join(", ") || "nothing planned"
  );
}

function costLine(plan: PreviewPlan): string[] {
  if (endedEarly(plan)) return [];
  const total = totalOf(costOf(plan));
  return total === 0
    ? []
    : [
        `estimated cost: about $${Math.round(total).toLocaleString("en-US")} a month (${visible(priceBasis(plan))}, without traffic; --markdown shows the parts)`,
      ];
}
