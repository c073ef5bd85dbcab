import { standardProgress } from "../../toolchain/machine/progress.ts";
import { diagnose } from "../running/diagnose.ts";
import { settleInterruptedUpdate } from "./interrupted-update.ts";
import { kubectl } from "../running/kubectl.ts";
import { livePreview } from "../preview/live.ts";
import type { PreviewPlan } from "../preview/preview-plan.ts";
import { previewText } from "../preview/text.ts";
import { engineEnvironment, makeStack, pulumi } from "../engine/pulumi.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { UserError } from "../terminal/user-error.ts";

/** Brings what runs in line with the description, unless the policy pack finds something against it. */
export async function update(settings: StackSettings): Promise<void> {
  const { stack } = settings;
  if ((await makeStack(stack)) !== 0)
    throw new UserError(`slipway: stack "${stack}" cannot be opened; the engine's message is above.`, 1);
  await settleInterruptedUpdate(settings);
  // After `cluster down --purge` the engine remembers what is gone; a look at the cluster makes it anew.
  const forgotten = (await Promise.all(settings.systems.map((system) => runsNothing(settings, system)))).includes(true);
  if (!(await judgedChanges(stack, forgotten))) return;
  if ((await pulumi(stack, ["up", "-s", stack, "--yes", "--skip-preview", ...(forgotten ? ["--refresh"] : [])])) === 0)
    return;
  const reasons = await diagnose(settings).catch(() => []); // a cluster that does not answer has nothing to say
  throw new UserError(
    [`slipway: pulumi up of stack "${stack}" failed; what ran before still runs.`, ...reasons].join("\n"),
    1,
  );
}

/** Previews and judges. Answers whether anything would change; a mandatory finding ends the command before that. */
async function judgedChanges(stack: string, refresh: boolean): Promise<boolean> {
  const step = standardProgress().step(`preview of ${stack}, judged by the policies`, 5);
  const plan = await livePreview({ stack, policies: true, refresh, env: await engineEnvironment(stack) });
  if (plan.failed) {
    step.failed();
    throw new UserError(`${previewText(plan, false)}slipway: nothing was changed.`, 1);
  }
  step.done(summary(plan));
  return refresh || Object.keys(plan.changes).some((operation) => operation !== "same");
}

function summary({ stack, changes, policies }: PreviewPlan): string {
  const counts = Object.entries(changes).map(
    ([operation, count]) => `${count} ${operation === "same" ? "unchanged" : `to ${operation}`}`,
  );
  const advice = policies.length === 0 ? "" : `, ${policies.length} pieces of advice (npx slipway preview ${stack})`;
  return `${counts.join(", ")}; policies passed${advice}`;
}

/** The namespace itself proves nothing: the cluster makes it, for the rights of its gateway. */
async function runsNothing(settings: StackSettings, namespace: string): Promise<boolean> {
  return (await kubectl(settings, ["get", "deployments,cronjobs", "-n", namespace, "-o", "name"])).trim() === "";
}
