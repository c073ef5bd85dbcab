import { clusterStatus } from "../../toolchain/cluster/life/status.ts";
import { resolve } from "../../toolchain/tools/resolve.ts";
import { runProgram } from "../../toolchain/machine/run-program.ts";
import { engineAdvice } from "../engine/engine-advice.ts";
import { getObjects } from "./kubectl.ts";
import { localHost } from "../../model/names.ts";
import { placeOf } from "../stack/place.ts";
import { projectFolder } from "../project/project-folder.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { stateOf, teamEnvironment } from "../engine/team-environment.ts";
import { UserError } from "../terminal/user-error.ts";

interface Gateway {
  readonly status?: { readonly addresses?: readonly { readonly value: string }[] };
}

/** Where the public entry of one of the systems of a stack answers. */
export async function entryUrl(settings: StackSettings, system: string): Promise<string> {
  switch (placeOf(settings)) {
    case "embedded":
      return embeddedUrl(settings, system);
    case "own":
      return ownUrl(settings, system);
    case "aws":
      return awsUrl(settings, system);
  }
}

/** Systems that share the port are told apart by their names, since two may have the same path. */
async function embeddedUrl({ cluster, systems }: StackSettings, system: string): Promise<string> {
  const { httpPort } = await clusterStatus(cluster);
  return `http://${systems.length > 1 ? localHost(system) : "127.0.0.1"}:${httpPort}`;
}

async function ownUrl(settings: StackSettings, system: string): Promise<string> {
  const gateways = await getObjects<Gateway>(settings, system, "gateways.gateway.networking.k8s.io");
  const address = gateways[0]?.status?.addresses?.[0]?.value;
  if (address === undefined) {
    throw new UserError(
      `slipway: the Gateway of ${system} on context "${settings.kubeContext}" has no address yet; does the cluster give load balancers one?`,
      1,
    );
  }
  return `http://${address}`;
}

/** On AWS the name is the stack's own output. */
async function awsUrl({ stack }: StackSettings, system: string): Promise<string> {
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
  return (JSON.parse(output) as Record<string, string>)[system] ?? "";
}
