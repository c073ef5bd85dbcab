import type { PreviewPlan } from "./preview-plan.ts";

/** What went wrong, each thing once, without the engine's word that something did. */
export function errorsOf({ diagnostics }: Pick<PreviewPlan, "diagnostics">): string[] {
  return [
    ...new Set(
      diagnostics
        .filter(({ severity, message }) => severity === "error" && message !== "preview failed")
        .map(({ message }) => message),
    ),
  ];
}

/** True when the plan stopped before its end, so that resources are missing in it. One that only breaks policies is whole. */
export function endedEarly(plan: PreviewPlan): boolean {
  return (
    plan.failed &&
    (errorsOf(plan).length > 0 || !plan.policies.some(({ enforcementLevel }) => enforcementLevel === "mandatory"))
  );
}
