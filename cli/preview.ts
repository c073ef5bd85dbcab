import { readFile, writeFile } from "node:fs/promises";
import { defineCommand } from "citty";
import { standardProgress } from "../toolchain/progress.ts";
import { placeOf } from "./place.ts";
import { livePreview } from "./preview/live.ts";
import { previewMarkdown } from "./preview/markdown.ts";
import { planOnlyPreview } from "./preview/plan-only.ts";
import { pulumiJson } from "./preview/pulumi-json.ts";
import { recordPlan, type RecordedPlan } from "./preview/recorded-plan.ts";
import { losses } from "./preview/stateful.ts";
import { previewText } from "./preview/text.ts";
import { engineEnvironment } from "./pulumi.ts";
import { readStackSettings } from "./stack-settings.ts";
import { requireCredentials, teamEnvironment } from "./team-environment.ts";
import { UserError } from "./user-error.ts";

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
    if (args.live && args.against) throw new UserError("slipway preview: --against compares a plan-only run; --live compares with the stack's own state. Leave one of them out.");
    if (args.refresh && !args.live) throw new UserError("slipway preview: --refresh asks the real providers; add --live.");
    const progress = standardProgress(args.verbose ?? false);
    const options = { stack: args.stack, policies: args.policies, refresh: args.refresh ?? false };
    const plan = args.live
      ? await livePreview({ ...options, env: await liveEnvironment(args.stack) })
      : await planOnlyPreview({ ...options, recorded: await readRecord(args.against) }, progress);
    if (args.json) await writeFile(args.json, pulumiJson(plan));
    if (args.markdown) await writeFile(args.markdown, previewMarkdown(plan));
    if (args.record && !plan.diagnostics.some(({ severity }) => severity === "error" && !plan.policies.length)) await writeFile(args.record, `${JSON.stringify(recordPlan(plan, args["record-all"] ?? false), null, 1)}\n`);
    process.stdout.write(previewText(plan, args.verbose ?? false));
    const changes = Object.entries(plan.changes).some(([op, count]) => op !== "same" && count > 0);
    if (plan.failed || losses(plan).length > 0 || (args["expect-no-changes"] && changes)) process.exitCode = 1;
  },
});

async function liveEnvironment(stack: string): Promise<NodeJS.ProcessEnv> {
  if (placeOf(readStackSettings(stack)) !== "aws") return engineEnvironment();
  requireCredentials(`preview ${stack} --live`);
  return teamEnvironment();
}

async function readRecord(file: string | undefined): Promise<RecordedPlan | null> {
  if (file === undefined) return null;
  try {
    return JSON.parse(await readFile(file, "utf8")) as RecordedPlan;
  } catch (error) {
    throw new UserError(`slipway preview: --against ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}. Next: slipway preview --record ${file}`);
  }
}
