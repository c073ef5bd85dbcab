import { setTimeout as sleep } from "node:timers/promises";
import closeWithGrace from "close-with-grace";
import type { Log } from "./log.ts";

/** The three steps of going away. */
export interface StopSteps {
  /** Fails readiness and asks clients to close their connections; requests are still answered. */
  leave(): void;
  /** Stops accepting and answers what is under way. */
  drain(): Promise<void>;
  /** Leaves the consumer group, publishes what is left, closes the database. */
  finish(): Promise<void>;
}

// Clients with open connections learn from an answer that these are closing; the preStop pause has already ended new ones.
const LINGER_MS = 1000;

const UNCAUGHT = ["uncaughtException", "unhandledRejection"] as const;
let endOnce: ((error: unknown) => void) | undefined;

/** Ends the process with 1 after an error that nobody caught, with a line in the log; Node.js would print all that hangs on the error. */
export function endOnUncaught(log: Log): void {
  const end = (error: unknown) => {
    log.fatal({ err: error }, "uncaught error");
    process.exit(1);
  };
  for (const event of UNCAUGHT) process.on(event, end);
  endOnce = end;
}

/** Takes the steps on SIGTERM or SIGINT; ends the process with 0, or with 1 after an uncaught error or when the time is over. */
export function stopGracefully(drainSeconds: number, log: Log, steps: StopSteps): void {
  if (endOnce !== undefined) for (const event of UNCAUGHT) process.removeListener(event, endOnce); // from here on, it ends in steps
  const onTimeout = () => log.error({ drainSeconds }, "not everything was finished in time");
  closeWithGrace({ delay: drainSeconds * 1000, logger: false, onTimeout }, async ({ signal, err }) => {
    if (err) log.fatal({ err }, "uncaught error");
    log.info({ signal }, "stopping");
    steps.leave();
    if (!err) await sleep(Math.min(LINGER_MS, drainSeconds * 250));
    await steps.drain();
    await steps.finish();
    log.info("stopped");
  });
}
