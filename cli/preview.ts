import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { defineCommand } from "citty";
import { codeSpan } from "../model/harmless/markdown.ts";
import { visibleJson } from "../model/harmless/visible.ts";
import { standardProgress } from "../toolchain/machine/progress.ts";
import { assertDescribed } from "./project/find-system.ts";
import { assertSecrets } from "./secrets/assert-secrets.ts";
import { placeOf } from "./stack/place.ts";
import { changingSteps } from "./preview/components-of.ts";
import { endedEarly } from "./preview/ended-early.ts";
import { accountFacts, firstSetUp } from "./preview/record/first-set-up.ts";
import { keylessPreview } from "./preview/live.ts";
import { failureMarkdown, previewMarkdown } from "./preview/markdown.ts";
import { planOnlyPreview } from "./preview/plan-only.ts";
import type { PreviewPlan } from "./preview/preview-plan.ts";
import { pulumiJson } from "./preview/pulumi-json.ts";
import { readRecord } from "./preview/record/record-file.ts";
import { recordPlan, type RecordedPlan } from "./preview/recorded-plan.ts";
import { losses } from "./preview/stateful.ts";
import { previewText } from "./preview/text.ts";
import { engineEnvironment } from "./engine/pulumi.ts";
import { projectFolder } from "./project/project-folder.ts";
import { committedSettings } from "./stack/committed-settings.ts";
import { settingsHere } from "./stack/settings-here.ts";
import type { RecordedStack } from "./preview/without-key.ts";
import { readStackSettings } from "./stack/stack-settings.ts";
import { requireCredentials, teamEnvironment } from "./engine/team-environment.ts";
import { UserError } from "./terminal/user-error.ts";
import { print } from "./terminal/say.ts";

/** What a live preview cannot show. */
const NOT_COMPARED = "values of Secrets are not compared, because a preview reads none";

/** Shows what an update of a stack would do: without any account, or with --live against the real one. */
export const preview = defineCommand({
  meta: { name: "preview", description: "Show what an update would do; without an account unless --live" },
  args: {
    stack: { type: "positional", description: "Stack", default: "prod" },
    live: { type: "boolean", description: "Ask the real providers, with your credentials" },
    refresh: { type: "boolean", description: "With --live: compare with what really exists" },
    "expect-no-changes": { type: "boolean", description: "Exit 1 when anything would change" },
    json: { type: "string", description: "Write the plan to this file, as Pulumi's preview JSON", valueHint: "file" },
    markdown: { type: "string", description: "Write a pull-request comment to this file", valueHint: "file" },
    record: { type: "string", description: "Write to this file what a later plan is compared with", valueHint: "file" },
    "record-all": { type: "boolean", description: "With --record: every resource, not only what holds data" },
    against: { type: "string", description: "Compare with such a record instead of with nothing", valueHint: "file" },
    policies: { type: "boolean", description: "Judge the plan by the policy pack", default: true },
    verbose: { type: "boolean", description: "Show every step and warning" },
  },
  async run({ args }) {
    if (args.live && args.against)
      throw new UserError(
        "slipway preview: --against compares a plan-only run; --live compares with the stack's own state. Leave one of them out.",
      );
    if (args.refresh && !args.live)
      throw new UserError("slipway preview: --refresh asks the real providers; add --live.");
    const progress = standardProgress(args.verbose ?? false);
    const options = { stack: args.stack, policies: args.policies, refresh: args.refresh ?? false };
    const { recorded, note } = await comparedWith(args.against, args.stack);
    if (note !== null) print(`${note}\n`);
    const plan = await orTell({ stack: args.stack, markdown: args.markdown }, async () => {
      const settings = readStackSettings(args.stack);
      assertDescribed(settings);
      assertSecrets(settings);
      return args.live
        ? keylessPreview(options, await recordedStack(args.stack))
        : planOnlyPreview({ ...options, recorded }, progress);
    });
    if (args.json) await writeFile(args.json, pulumiJson(plan));
    if (args.markdown)
      await writeFile(
        args.markdown,
        previewMarkdown(plan, baseOf({ live: args.live, refresh: args.refresh, against: args.against }, recorded)),
      );
    if (args.record && !endedEarly(plan))
      await writeFile(
        args.record,
        `${visibleJson(recordPlan(plan, { whole: args["record-all"] ?? false, facts: accountFacts(settingsOf(args.stack)) }), 1)}\n`,
      );
    if (args.live) print(`${NOT_COMPARED}\n`);
    print(previewText(plan, args.verbose ?? false));
    if (plan.failed || losses(plan).length > 0 || (args["expect-no-changes"] && changingSteps(plan).length > 0))
      process.exitCode = 1;
  },
});

/** The record to compare with, unless it is of an account that nobody has, as the note says then. */
async function comparedWith(
  file: string | undefined,
  stack: string,
): Promise<{ readonly recorded: RecordedPlan | null; readonly note: string | null }> {
  const recorded = await readRecord(file, stack);
  const note = recorded === null ? null : firstSetUp(recorded, settingsOf(stack), file ?? "");
  return { recorded: note === null ? recorded : null, note };
}

const settingsOf = (stack: string): Readonly<Record<string, unknown>> => committedSettings(projectFolder, stack) ?? {};

/** Where the stack is recorded, and its settings: a team's are in the repository, those of dev on this machine. */
async function recordedStack(stack: string): Promise<RecordedStack> {
  if (placeOf(readStackSettings(stack)) !== "aws")
    return { stack, config: settingsHere(projectFolder, stack), env: await engineEnvironment(stack) };
  requireCredentials(`preview ${stack} --live`);
  return { stack, config: settingsOf(stack), env: await teamEnvironment() };
}

/** Without a plan there is still something to say where the plan was awaited. */
async function orTell(
  { stack, markdown }: { stack: string; markdown: string | undefined },
  work: () => Promise<PreviewPlan>,
): Promise<PreviewPlan> {
  try {
    return await work();
  } catch (error) {
    if (markdown)
      await writeFile(markdown, failureMarkdown(stack, error instanceof Error ? error.message : String(error)));
    throw error;
  }
}

function baseOf(
  { live, refresh, against }: { live: boolean | undefined; refresh: boolean | undefined; against: string | undefined },
  recorded: RecordedPlan | null,
): string {
  if (live) return `${refresh ? "what really exists" : "what the last update left"}; ${NOT_COMPARED}`;
  return against === undefined || recorded?.resources.length === 0
    ? "nothing: everything is new"
    : codeSpan(basename(against));
}
