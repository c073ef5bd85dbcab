import type { ChildProcess } from "node:child_process";
import { interrupt } from "./interrupted.ts";

/** Whether an engine hears Ctrl-C from the terminal itself, or only from us; and there, whether all that it started must hear it too. */
type Hearing = "shares the terminal" | "has its own group" | "with its whole group";

/** Engines in the middle of a change. */
const engines = new Map<ChildProcess, Hearing>();

/** Ends this command, and by that what it started, on a signal. An engine is asked instead and waited for: cut off, it would leave half-made resources. */
export function endOnSignals(): void {
  for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 })) {
    process.on(signal, () => {
      if (interrupt()) return; // it puts back what it has changed, and then ends
      if (engines.size === 0) process.exit(code);
      for (const [engine, hearing] of engines) {
        if (signal === "SIGINT" && hearing === "shares the terminal") continue;
        if (hearing === "with its whole group" && engine.pid !== undefined) process.kill(-engine.pid, "SIGINT");
        else engine.kill("SIGINT"); // at the second one it gives up at once
      }
    });
  }
}

/** A program that must not go on in the background once we are gone, as a way into the cluster would; answers it. */
export function endsWithUs(child: ChildProcess): ChildProcess {
  const end = (): void => void child.kill();
  process.once("exit", end);
  return child.once("exit", () => process.off("exit", end));
}

/** Waits for an engine; answers its exit code. */
export async function untilEngineEnds(engine: ChildProcess, hearing: Hearing): Promise<number> {
  engines.set(engine, hearing);
  try {
    return await new Promise((done, failed) => {
      engine.on("error", failed);
      engine.on("close", (code) => done(code ?? 1));
    });
  } finally {
    engines.delete(engine);
  }
}
