import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { planOnlyPreview } from "../cli/preview/plan-only.ts";
import type { PreviewPlan } from "../cli/preview/preview-plan.ts";
import type { RecordedPlan } from "../cli/preview/recorded-plan.ts";
import { projectFolder } from "../cli/project/project-folder.ts";
import { standardProgress } from "../toolchain/machine/progress.ts";

/** Whether the engine is there, which `npm test` makes. */
export const live = process.env["SLIPWAY_LIVE_TESTS"] === "1" || process.env["SLIPWAY_ENGINE_TESTS"] === "1";

/** Settings of prod as they are committed. */
export const config = committed("prod");

function committed(stack: string): Record<string, string> {
  return (
    parse(readFileSync(join(projectFolder, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, string> }
  ).config;
}

/** A plan of the committed stack through the real engine, where stand-ins answer for the providers. */
export const planned = (
  options: { stack?: "dev" | "prod"; against?: RecordedPlan; policies?: boolean; more?: Record<string, string> } = {},
): Promise<PreviewPlan> => {
  const { stack = "prod", policies = false, against = null, more } = options;
  return planOnlyPreview(
    { stack, policies, recorded: against, config: { ...committed(stack), ...more } },
    standardProgress(false),
  );
};

/** Every error of a plan, one a line. */
export const errorsOf = ({ diagnostics }: PreviewPlan): string =>
  diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message)
    .join("\n");
