import { defineCommand } from "citty";
import { changeCommand, createCommand, deleteCommand } from "../components/aws/account/secret-commands.ts";
import { setCommand } from "../stacks/missing-secrets.ts";
import { forgetSecret, keepSecret, keptSecrets } from "../toolchain/machine/kept-secrets.ts";
import { findSecret, idOf } from "./secrets/find-secret.ts";
import { readValue } from "./secrets/read-value.ts";
import { secretLines } from "./secrets/secret-lines.ts";
import { plansOf } from "./secrets/plans-of.ts";
import { stageOf } from "./stack/stage-of.ts";
import { UserError } from "./terminal/user-error.ts";
import { say } from "./terminal/say.ts";

const stack = { type: "string", description: "Stack", default: "dev" } as const;
const name = { type: "positional", required: true, description: "<system>/<name>" } as const;

const set = defineCommand({
  meta: { name: "set", description: "Keep the value of a secret: typed unseen, or from standard input" },
  args: { name, stack },
  async run({ args }) {
    refuseMore(args._);
    const stage = stageOf(args.stack);
    const secret = findSecret(args.name, stage);
    if (stage === "prod") return say(onAws(secret.name));
    await keepSecret(args.stack, secret.name, await readValue(secret.name));
    say(`${secret.name} is set. ${secret.readers.join(", ")}: the new value comes with npx slipway up ${args.stack}`);
  },
});

const list = defineCommand({
  meta: { name: "list", description: "Every secret: who reads it, and whether it is there; never a value" },
  args: { stack },
  run({ args }) {
    const stage = stageOf(args.stack);
    say(secretLines(plansOf(stage), stage === "prod" ? null : keptSecrets(args.stack)));
  },
});

const rm = defineCommand({
  meta: { name: "rm", description: "Forget the value of a secret" },
  args: { name, stack },
  async run({ args }) {
    refuseMore(args._);
    const stage = stageOf(args.stack);
    if (stage === "prod") return say(deleteCommand(idOf(stage, findSecret(args.name, stage).name)));
    if (await forgetSecret(args.stack, args.name)) return say(`${args.name} is forgotten.`);
    throw new UserError(
      `slipway: ${findSecret(args.name, stage).name} was never set here. Next: npx slipway secret list --stack ${args.stack}`,
    );
  },
});

/** Keeps the secrets of services: on this machine for dev; for prod it says how AWS Secrets Manager gets them. */
export const secret = defineCommand({
  meta: { name: "secret", description: "Set, list or forget the secrets of services" },
  subCommands: { set, list, rm },
});

/** A value on the command line would be in the history of the shell and in every list of processes. */
function refuseMore([, ...more]: readonly string[]): void {
  if (more.length === 0) return;
  throw new UserError(
    `slipway secret: the value is never an argument, because others see those; nothing was kept. Next: ${setCommand("<system>/<name>", "dev")}, and type it, or pipe it in. What you wrote is in the history of your shell: take it out there.`,
  );
}

function onAws(secret: string): string {
  const id = idOf("prod", secret);
  return [
    `prod reads ${secret} from AWS Secrets Manager. With nothing but the value in a file of your own:`,
    `  ${createCommand(id)}`,
    "or, where it is there already:",
    `  ${changeCommand(id)}`,
    "Then delete the file; the new value comes with npx slipway up prod.",
  ].join("\n");
}
