import type { PreviewPlan } from "./preview-plan.ts";

/** What the policy pack says of a plan. One that failed was not judged to its end. */
export function verdict({ policies, failed }: PreviewPlan): string {
  const mandatory = policies.filter(({ enforcementLevel }) => enforcementLevel === "mandatory").length;
  if (mandatory > 0) return `${mandatory} violated`;
  return failed ? "not decided, because the plan failed" : "passed";
}
