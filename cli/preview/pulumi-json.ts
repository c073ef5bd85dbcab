import { visibleJson } from "../../model/harmless/visible.ts";
import type { PreviewPlan, Step } from "./preview-plan.ts";

/** What every output of a plan-only run says first. */
export const PLAN_ONLY =
  "plan only: stand-ins answered for the providers; nothing was asked of an account and nothing can be created from this";

/** The plan in the format of `pulumi preview --json`, with ids and outputs added; secrets are masked. */
export function pulumiJson(plan: PreviewPlan): string {
  const notes = plan.planOnly ? [{ message: PLAN_ONLY, severity: "info" }] : [];
  return `${visibleJson(
    {
      planOnly: plan.planOnly,
      steps: plan.steps.map(step),
      diagnostics: [
        ...notes,
        ...plan.diagnostics.map(({ urn, message, severity }) => ({ ...(urn ? { urn } : {}), message, severity })),
      ],
      policies: plan.policies,
      duration: plan.seconds * 1e9,
      changeSummary: plan.changes,
    },
    2,
  )}\n`;
}

function step({
  op,
  urn,
  type,
  custom,
  id,
  parent,
  provider,
  protect,
  old,
  new: now,
  outputs,
  changed,
  replacing,
  detailedDiff,
}: Step): object {
  const state = (inputs: object) => ({
    urn,
    custom,
    type,
    ...(id ? { id } : {}),
    inputs,
    ...(parent ? { parent } : {}),
    ...(provider ? { provider } : {}),
    ...(protect ? { protect } : {}),
  });
  return {
    op,
    urn,
    ...(provider ? { provider } : {}),
    ...(old ? { oldState: state(old) } : {}),
    ...(now ? { newState: { ...state(now), outputs } } : {}),
    ...(changed.length > 0 ? { diffReasons: changed } : {}),
    ...(replacing.length > 0 ? { replaceReasons: replacing } : {}),
    detailedDiff: detailedDiff ?? null,
  };
}
