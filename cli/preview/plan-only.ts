import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { planOnlyStack, withPlanOnlyEngine } from "../../toolchain/engine/plan-only.ts";
import type { Progress } from "../../toolchain/machine/progress.ts";
import { policyPack, projectFolder } from "../project/project-folder.ts";
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
  const { name } = parse(await readFile(join(project, "Pulumi.yaml"), "utf8")) as { name: string };
  return withPlanOnlyEngine(progress, async (engine) => {
    const file = await planOnlyStack(engine, name, stack, settings, recorded ? recordedState(recorded) : []);
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

/** The stack's settings as the repository holds them, with examples where they are encrypted. Only dev needs none. */
export function readConfig(project: string, stack: string): Record<string, unknown> {
  const settings = committedSettings(project, stack);
  if (settings === null && stack !== "dev")
    throw new UserError(`slipway preview: there is no Pulumi.${stack}.yaml in ${project}. Stacks here: dev, prod.`);
  return withoutEncrypted(settings ?? {});
}
