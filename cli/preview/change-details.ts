import { codeSpan, words } from "../../model/harmless/markdown.ts";
import { changedValues } from "./changed-values.ts";
import { changingSteps } from "./components-of.ts";
import type { PreviewPlan, Step } from "./preview-plan.ts";

/** What weighs most comes first, and so is there when not everything fits. */
const ORDER = ["replace", "delete", "update", "create"] as const;
const WORDS: Readonly<Record<string, string>> = {
  replace: "**replaced**",
  delete: "**deleted**",
  update: "changed",
  create: "created",
};
/** Values of one resource. */
const MOST_VALUES = 4;
const CLOSING = 200;
/** So many are read at a glance. */
const OPEN = 10;

/** Every resource that changes, with its values: folded, and as much of it as fits into `room` characters. */
export function changeDetails(plan: PreviewPlan, room: number): string[] {
  const found = changingSteps(plan);
  const changing = ORDER.flatMap((op) => found.filter((step) => step.op === op));
  if (changing.length === 0) return [];
  const lines: string[] = [];
  let used = CLOSING;
  for (const step of changing) {
    const line = detail(step);
    used += line.length + 1;
    if (used > room) break;
    lines.push(line);
  }
  const left = changing.length - lines.length;
  return [
    `<details${changing.length <= OPEN ? " open" : ""}><summary>Every change: ${changing.length}</summary>`,
    "",
    ...lines,
    ...(left > 0 ? [`- and ${left} more; the log shows them with \`--verbose\`, \`--json\` writes them`] : []),
    "",
    "</details>",
    "",
  ];
}

function detail(step: Step): string {
  const values = step.op === "update" || step.op === "replace" ? valuesOf(step) : [];
  const more = values.length > MOST_VALUES ? [`${values.length - MOST_VALUES} more`] : [];
  const what = [...values.slice(0, MOST_VALUES), ...more].join(", ");
  return `- ${WORDS[step.op]} ${codeSpan(step.name)} (${words(step.type)})${what === "" ? "" : `: ${what}`}`;
}

/** A secret is only a mark: that it changes, the engine says. */
function valuesOf({ old, new: now, changed }: Step): string[] {
  const values = changedValues(old, now);
  return values.length > 0 ? values : changed.map((key) => codeSpan(key));
}
