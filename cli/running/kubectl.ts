import { execFile, spawn, type ChildProcess } from "node:child_process";
import { promisify } from "node:util";
import { resolve } from "../../toolchain/tools/resolve.ts";
import { kubectlTarget, placeOf } from "../stack/place.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { endsWithUs } from "../terminal/signals.ts";
import { UserError } from "../terminal/user-error.ts";

const run = promisify(execFile);
/** Enough for the pods of a thousand services. */
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;

/** Runs kubectl against the stack's cluster and returns what it printed. */
export async function kubectl(settings: StackSettings, args: readonly string[]): Promise<string> {
  try {
    return (await run(await resolve("kubectl"), [...kubectlTarget(settings), ...args], { maxBuffer: MAX_OUTPUT_BYTES }))
      .stdout;
  } catch (error) {
    const said =
      (error as { stderr?: string }).stderr?.trim().split("\n").at(-1) ||
      (error instanceof Error ? error.message : String(error));
    throw new UserError(
      `slipway: the cluster of stack "${settings.stack}" does not do "kubectl ${args.slice(0, 2).join(" ")}": ${said}\nNext: ${nextStep(settings)}`,
      1,
    );
  }
}

function nextStep(settings: StackSettings): string {
  const { stack, kubeContext } = settings;
  const steps = {
    embedded: `is it running? npx slipway up ${stack}`,
    own: `does it answer? kubectl --context ${kubeContext} get nodes`,
    aws: `does kubectl know it? aws eks update-kubeconfig --name <cluster> --alias ${stack}`,
  };
  return steps[placeOf(settings)];
}

/** Objects of one kind in one namespace. */
export async function getObjects<T>(settings: StackSettings, namespace: string, kind: string): Promise<T[]> {
  return (JSON.parse(await kubectl(settings, ["get", kind, "-n", namespace, "-o", "json"])) as { items: T[] }).items;
}

/** Starts kubectl and leaves its output to the caller, and its messages too where they are wanted. */
export async function startKubectl(
  settings: StackSettings,
  args: readonly string[],
  messages: "pipe" | "ignore" = "ignore",
): Promise<ChildProcess> {
  const kubectl = await resolve("kubectl");
  return endsWithUs(spawn(kubectl, [...kubectlTarget(settings), ...args], { stdio: ["ignore", "pipe", messages] }));
}
