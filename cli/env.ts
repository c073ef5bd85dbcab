import { homedir } from "node:os";
import { join } from "node:path";
import { defineCommand } from "citty";
import { visibleJson } from "../model/harmless/visible.ts";
import { clusterStatus } from "../toolchain/cluster/life/status.ts";
import { standardProgress } from "../toolchain/machine/progress.ts";
import { shellEnvironment } from "./engine/pulumi.ts";
import { placeOf } from "./stack/place.ts";
import { readStackSettings } from "./stack/stack-settings.ts";
import { UserError } from "./terminal/user-error.ts";
import { print } from "./terminal/say.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

/** Prints what a shell evaluates so that plain `pulumi` works: `eval "$(npx slipway env)"`. */
export const env = defineCommand({
  meta: { name: "env", description: 'Print the settings plain pulumi needs: eval "$(npx slipway env)"' },
  args: {
    stack: { type: "positional", description: "Stack of this machine", default: "dev" },
    shell: { type: "string", description: "bash, zsh or fish", default: "bash" },
    json: { type: "boolean", description: "For scripts" },
    verbose: { type: "boolean", description: "Show what the tools print" },
  },
  async run({ args }) {
    const shell = SHELLS.find((name) => name === args.shell);
    if (!shell)
      throw new UserError(
        `slipway env: --shell is "${args.shell}", allowed are ${SHELLS.join(", ")}. For example: npx slipway env --shell fish | source`,
      );
    const settings = {
      ...(await shellEnvironment(args.stack, standardProgress(args.verbose))),
      ...(await ownCluster(args.stack)),
    };
    print(`${args.json ? visibleJson(settings, 2) : shellLines(settings, shell)}\n`); // a shell reads it: nothing may be changed
  },
});

/**
 * Without any context kubectl asks 127.0.0.1:8080, where the entry of the systems answers and no API server does. The user's
 * own file comes first: its context stays the current one, and what others write, such as `aws eks update-kubeconfig`, goes there.
 */
async function ownCluster(stack: string): Promise<Record<string, string>> {
  const settings = readStackSettings(stack);
  if (placeOf(settings) !== "embedded") return {};
  const { state, kubeconfig } = await clusterStatus(settings.cluster);
  const theirs = process.env["KUBECONFIG"] || join(homedir(), ".kube", "config");
  return state === "running" ? { KUBECONFIG: `${theirs}:${kubeconfig}` } : {};
}

/** Assignments in the words of a shell. */
export function shellLines(settings: Readonly<Record<string, string>>, shell: Shell): string {
  return Object.entries(settings)
    .map(([name, value]) =>
      shell === "fish" ? fishLine(name, value) : `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
    )
    .join("\n");
}

function fishLine(name: string, value: string): string {
  const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const values = name === "PATH" ? value.split(":") : [value]; // fish keeps PATH as a list
  return `set -gx ${name} ${values.map(quoted).join(" ")}`;
}
