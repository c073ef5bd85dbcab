import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { withoutCredentials } from "./without-credentials.ts";

export interface RunOptions {
  readonly cwd?: string;
  /** That of this process without its credentials, unless said otherwise: most programs fetch and run what others wrote. */
  readonly env?: NodeJS.ProcessEnv;
  readonly onLine?: (line: string) => void;
  /** Ends the program before its time. */
  readonly signal?: AbortSignal;
}

/** Lines of a failed program that an error repeats. */
const LAST_LINES = 12;

/** What runs now; it must not go on in the background once we are gone. */
const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach((child) => child.kill()));

/** Runs a program to its end and returns its standard output; a failure carries the last lines it printed. */
export async function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? withoutCredentials(),
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.signal && { signal: options.signal }),
  });
  const output: string[] = [];
  const last: string[] = [];
  const read = (stream: Readable, keep: boolean) =>
    createInterface({ input: stream }).on("line", (line) => {
      if (keep) output.push(line);
      last.push(line);
      if (last.length > LAST_LINES) last.shift();
      options.onLine?.(line);
    });
  read(child.stdout, true);
  read(child.stderr, false);
  running.add(child);
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status, signal) => resolve(status ?? signal ?? "unknown"));
    });
    if (code !== 0)
      throw new Error(
        `${program} ${args.slice(0, 3).join(" ")} … ended with ${code}:\n${last.map((line) => `  ${line}`).join("\n")}`,
      );
    return output.join("\n");
  } finally {
    running.delete(child);
  }
}
