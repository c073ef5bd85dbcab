import { readdirSync } from "node:fs";
import { stringify } from "yaml";
import { planOnlyStack, withPlanOnlyEngine } from "../../toolchain/engine/plan-only.ts";
import type { Progress } from "../../toolchain/machine/progress.ts";
import { policyPack, projectFolder } from "../project/project-folder.ts";
import { projectName } from "../project/project-name.ts";
import { committedSettings } from "../stack/committed-settings.ts";
import { UserError } from "../terminal/user-error.ts";
import { withoutEncrypted } from "./encrypted-settings.ts";
import { planCollector, type PreviewPlan } from "./preview-plan.ts";
import { type RecordedPlan, recordedState } from "./recorded-plan.ts";
import { runEngine } from "./run-engine.ts";

export interface PlanOnlyOptions {
  readonly stack: string;
  readonly policies: boolean;
  readonly recorded: RecordedPlan | null;
  /** Folder of another Pulumi project to plan; this repository's own by default. */
  readonly project?: string;
  /** Its settings instead of those in Pulumi.<stack>.yaml. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A preview with the real engine, the real program and the real policy pack, and stand-ins for all providers. */
export async function planOnlyPreview(
  { stack, policies, recorded, project = projectFolder, config }: PlanOnlyOptions,
  progress: Progress,
): Promise<PreviewPlan> {
  const settings = stringify({ config: config ?? readConfig(project, stack) });
  return withPlanOnlyEngine(progress, async (engine) => {
    const file = await planOnlyStack(
      engine,
      projectName(project),
      stack,
      settings,
      recorded ? recordedState(recorded) : [],
    );
    const args = [
      "preview",
      "--stack",
      stack,
      "--config-file",
      file,
      ...(policies ? ["--policy-pack", policyPack] : []),
    ];
    const { add: onEvent, plan } = planCollector();
    const { events, exitCode, messages } = await runEngine({
      pulumi: engine.pulumi,
      args,
      cwd: project,
      env: engine.env,
      onEvent,
    });
    if (events === 0) throw new UserError(`slipway preview: the engine said nothing but:\n${messages}`, 1);
    return plan({ stack, planOnly: true, exitCode });
  });
}

/** Names of the stacks that have settings in a folder, and dev, which needs none. */
function stacksIn(project: string): string[] {
  const named = readdirSync(project).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  return [...new Set(["dev", ...named])].toSorted();
}

/** The stack's settings as the repository holds them, with examples where they are encrypted. Only dev needs none. */
export function readConfig(project: string, stack: string): Record<string, unknown> {
  const settings = committedSettings(project, stack);
  if (settings === null && stack !== "dev")
    throw new UserError(
      `slipway preview: there is no Pulumi.${stack}.yaml in ${project}. Stacks here: ${stacksIn(project).join(", ")}.`,
    );
  return withoutEncrypted(settings ?? {});
}
