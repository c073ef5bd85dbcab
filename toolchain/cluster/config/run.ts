import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ClusterError } from "./cluster-error.ts";

const execute = promisify(execFile);

/** Runs a short command and returns what it printed; its own words become the error. */
export async function run(command: string, args: readonly string[], input?: string): Promise<string> {
  const job = execute(command, args, { maxBuffer: 64 * 1024 * 1024 });
  job.child.stdin?.on("error", () => undefined); // it ended without reading; its exit code tells whether that was well
  job.child.stdin?.end(input ?? "");
  try {
    return (await job).stdout;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new ClusterError(`\`${[command, ...args].join(" ")}\` failed: ${said === "" ? String(error) : said}`);
  }
}

/** Runs a command inside the network namespace mounted at `netns`. */
export async function runInNetns(
  netns: string,
  command: string,
  args: readonly string[],
  input?: string,
): Promise<string> {
  return await run("nsenter", [`--net=${netns}`, "--", command, ...args], input);
}
