import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type EngineEvent, parseEvent } from "./engine-event.ts";

interface EngineRun {
  readonly pulumi: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Told each event as it comes; nobody keeps them. */
  readonly onEvent: (event: EngineEvent) => void;
}

/** How one run of the engine ended: the number of its events, its exit code and what it wrote beside them. */
export interface EngineResult {
  readonly events: number;
  readonly exitCode: number;
  readonly messages: string;
}

/** Runs `pulumi preview` and hands its events on as they come. */
export async function runEngine({ pulumi, args, cwd, env, onEvent }: EngineRun): Promise<EngineResult> {
  const child = spawn(pulumi, [...args, "--non-interactive", "--json"], {
    cwd,
    env: { ...env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = (): void => void child.kill("SIGINT"); // a preview changes nothing: when this process ends on a signal, so does the engine
  process.once("exit", end);
  let events = 0;
  let messages = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (messages += text));
  createInterface({ input: child.stdout }).on("line", (line) => {
    const event = parseEvent(line);
    if (event === null) messages += `${line}\n`;
    else {
      events += 1;
      onEvent(event);
    }
  });
  const exitCode = await new Promise<number>((done, failed) => {
    child.on("error", failed);
    child.on("close", (code, signal) => {
      if (signal !== null) messages += `the engine was ended from outside by ${signal}\n`;
      done(code ?? 1);
    });
  }).finally(() => process.off("exit", end));
  return { events, exitCode, messages: messages.trim() };
}
