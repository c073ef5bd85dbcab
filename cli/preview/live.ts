import { resolve } from "../../toolchain/tools/resolve.ts";
import { engineAdvice } from "../engine/engine-advice.ts";
import { policyPack, projectFolder } from "../project/project-folder.ts";
import { stateOf } from "../engine/team-environment.ts";
import { UserError } from "../terminal/user-error.ts";
import { planCollector, type PreviewPlan } from "./preview-plan.ts";
import { runEngine } from "./run-engine.ts";

interface LiveOptions {
  readonly stack: string;
  readonly policies: boolean;
  readonly refresh: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Compares with what really exists, but for images: what lies under a digest cannot drift, and the registry would be asked with the token
 * of the last update, which has expired after twelve hours: the builder then takes an image for gone.
 */
export const LOOK_AGAIN = ["--refresh", "--exclude", "urn:pulumi:**docker-build:index:Image::**"] as const;

/** A preview with the real providers and the stack's own state. */
export async function livePreview({ stack, policies, refresh, env }: LiveOptions): Promise<PreviewPlan> {
  const args = [
    "preview",
    "--stack",
    stack,
    ...(refresh ? LOOK_AGAIN : []),
    ...(policies ? ["--policy-pack", policyPack] : []),
  ];
  const { add: onEvent, plan } = planCollector();
  const { events, exitCode, messages } = await runEngine({
    pulumi: await resolve("pulumi"),
    args,
    cwd: projectFolder,
    env,
    onEvent,
  });
  if (events === 0)
    throw new UserError(
      [
        `slipway: the preview of ${stack} could not start:`,
        messages,
        `  state: ${stateOf(env)}`,
        `  Next: ${engineAdvice(messages, stack)}`,
      ].join("\n"),
      1,
    );
  return plan({ stack, planOnly: false, exitCode });
}
