import { resolve } from "../../toolchain/tools/resolve.ts";
import { engineAdvice } from "../engine/engine-advice.ts";
import { policyPack, projectFolder } from "../project/project-folder.ts";
import { stateOf } from "../engine/team-environment.ts";
import { UserError } from "../terminal/user-error.ts";
import { planCollector, type PreviewPlan } from "./preview-plan.ts";
import { runEngine } from "./run-engine.ts";
import { type RecordedStack, withoutKey } from "./without-key.ts";

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
/** Who looks without a key may not read the Secrets of the cluster either. */
export const PASS_OVER_SECRETS = ["--exclude", "urn:pulumi:**kubernetes:core/v1:Secret::**"] as const;

/**
 * A preview with the real providers and the stack's own state, for which nobody needs a secret: no key is asked for, no value of a
 * secret is read or compared.
 */
export async function keylessPreview(
  { policies, refresh }: Pick<LiveOptions, "policies" | "refresh">,
  recorded: RecordedStack,
): Promise<PreviewPlan> {
  const { stack } = recorded;
  return withoutKey(recorded, ({ configFile, env }) =>
    previewLive({ stack, policies, refresh, env }, [
      "--config-file",
      configFile,
      ...(refresh ? PASS_OVER_SECRETS : []),
    ]),
  );
}

/** The preview before an update, which has to show everything that it would change: with the stack's key and its secrets. */
export async function livePreview(options: LiveOptions): Promise<PreviewPlan> {
  return previewLive(options, []);
}

async function previewLive(
  { stack, policies, refresh, env }: LiveOptions,
  more: readonly string[],
): Promise<PreviewPlan> {
  const args = [
    "preview",
    "--stack",
    stack,
    ...(refresh ? LOOK_AGAIN : []),
    ...(policies ? ["--policy-pack", policyPack] : []),
    ...more,
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
