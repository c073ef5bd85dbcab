import { execFile, spawn, type ChildProcess } from "node:child_process";
import { promisify } from "node:util";
import { resolve } from "../toolchain/resolve.ts";
import { kubectlTarget, type StackSettings } from "./stack-settings.ts";

const run = promisify(execFile);
/** Enough for the pods of a thousand services. */
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;

/** Runs kubectl against the stack's cluster and returns what it printed. */
export async function kubectl(settings: StackSettings, args: readonly string[]): Promise<string> {
  const { stdout } = await run(await resolve("kubectl"), [...kubectlTarget(settings), ...args], { maxBuffer: MAX_OUTPUT_BYTES });
  return stdout;
}

/** Objects of one kind in one namespace. */
export async function getObjects<T>(settings: StackSettings, namespace: string, kind: string): Promise<T[]> {
  return (JSON.parse(await kubectl(settings, ["get", kind, "-n", namespace, "-o", "json"])) as { items: T[] }).items;
}

/** Starts kubectl and leaves its output to the caller. */
export async function startKubectl(settings: StackSettings, args: readonly string[], stdio: "inherit" | "pipe"): Promise<ChildProcess> {
  return spawn(await resolve("kubectl"), [...kubectlTarget(settings), ...args], { stdio: ["ignore", stdio, stdio === "inherit" ? "inherit" : "ignore"] });
}
