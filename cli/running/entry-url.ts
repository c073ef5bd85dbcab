import { clusterStatus } from "../../toolchain/cluster/life/status.ts";
import { resolve } from "../../toolchain/tools/resolve.ts";
import { runProgram } from "../../toolchain/machine/run-program.ts";
import { engineAdvice } from "../engine/engine-advice.ts";
import { getObjects } from "./kubectl.ts";
import { placeOf } from "../stack/place.ts";
import { projectFolder } from "../project/project-folder.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { stateOf, teamEnvironment } from "../engine/team-environment.ts";
import { UserError } from "../terminal/user-error.ts";

interface Gateway {
  readonly status?: { readonly addresses?: readonly { readonly value: string }[] };
}

/** Where the public entry of a stack answers. */
export async function entryUrl(settings: StackSettings): Promise<string> {
  switch (placeOf(settings)) {
    case "embedded":
      return `http://127.0.0.1:${(await clusterStatus(settings.cluster)).httpPort}`;
    case "own":
      return ownUrl(settings);
    case "aws":
      return awsUrl(settings);
  }
}

async function ownUrl(settings: StackSettings): Promise<string> {
  const gateways = await getObjects<Gateway>(settings, settings.systems[0] ?? "", "gateways.gateway.networking.k8s.io");
  const address = gateways[0]?.status?.addresses?.[0]?.value;
  if (address === undefined) {
    throw new UserError(
      `slipway: the Gateway of ${settings.systems[0]} on context "${settings.kubeContext}" has no address yet; does the cluster give load balancers one?`,
      1,
    );
  }
  return `http://${address}`;
}

/** On AWS the name is the stack's own output. */
async function awsUrl({ stack, systems }: StackSettings): Promise<string> {
  const env = await teamEnvironment();
  const output = await runProgram(await resolve("pulumi"), ["stack", "output", "urls", "--json", "-s", stack], {
    cwd: projectFolder,
    env,
  }).catch((error: unknown) => {
    const said = error instanceof Error ? error.message.replace(/^.*ended with.*\n/, "") : String(error);
    throw new UserError(
      [
        `slipway: stack "${stack}" does not say where it answers:`,
        said,
        `  state: ${stateOf(env)}`,
        `  Next: ${engineAdvice(said, stack)}`,
      ].join("\n"),
      1,
    );
  });
  return (JSON.parse(output) as Record<string, string>)[systems[0] ?? ""] ?? "";
}
