import { createInterface } from "node:readline";
import { visible } from "../../model/harmless/visible.ts";
import { LABEL } from "../../model/names.ts";
import { startKubectl } from "./kubectl.ts";
import type { StackSettings } from "../stack/stack-settings.ts";

/** One event seen in the log of a running service. */
export interface SeenEvent {
  readonly time: string;
  readonly service: string;
  readonly event: string;
  readonly key: string;
  readonly published: boolean;
}

/** More pods than a system has replicas; kubectl follows five unless told. */
const MAX_LOG_STREAMS = 100;

/** Follows the logs of every service from now on and reports each event as it happens; the returned function ends it. */
export async function followEvents(
  settings: StackSettings,
  system: string,
  seen: (event: SeenEvent) => void,
): Promise<() => void> {
  const selector = `${LABEL.system}=${system},${LABEL.component}=service`;
  const logs = await startKubectl(settings, [
    "logs",
    "-f",
    "-n",
    system,
    "-l",
    selector,
    `--since-time=${new Date().toISOString()}`,
    `--max-log-requests=${MAX_LOG_STREAMS}`,
  ]);
  if (logs.stdout)
    createInterface(logs.stdout).on("line", (line) => {
      const event = parseEvent(line);
      if (event) seen(event);
    });
  return () => void logs.kill();
}

/** The event a log line speaks of; undefined for every other line. */
export function parseEvent(line: string): SeenEvent | undefined {
  try {
    const { msg, time, service, event, key, result } = JSON.parse(line) as Record<string, unknown>;
    const published = msg === "event published";
    if (!published && !(msg === "event handled" && result === "handled")) return undefined;
    return isText(time) && isText(service) && isText(event) && isText(key)
      ? { time, service, event, key, published }
      : undefined;
  } catch {
    return undefined; // not a line of ours
  }
}

/** One line for people. */
export function describeEvent({ time, service, event, published }: SeenEvent): string {
  return visible(`  ${time.slice(11, 23)}  ${service.padEnd(10)} ${published ? "publishes" : "  handles"} ${event}`);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
