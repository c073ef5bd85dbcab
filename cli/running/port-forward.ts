import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { startKubectl } from "./kubectl.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { UserError } from "../terminal/user-error.ts";

/** A way from this machine to one Service of the cluster; it ends with `stop`. */
export interface Forward {
  readonly url: string;
  stop(): void;
  readonly process: ChildProcess;
}

/** Opens a free port of this machine, or `port`, that leads to a Service. Only this machine may use it. */
export async function forward(
  settings: StackSettings,
  namespace: string,
  service: string,
  to: number,
  port = 0,
): Promise<Forward> {
  const child = await startKubectl(settings, [
    "port-forward",
    "-n",
    namespace,
    "--address",
    "127.0.0.1",
    `service/${service}`,
    `${port === 0 ? "" : port}:${to}`,
  ]);
  const ended = once(child, "exit").then(() => null);
  for (const lines = createInterface({ input: child.stdout! }); ; ) {
    const line = await Promise.race([once(lines, "line").then(([text]) => String(text)), ended]);
    if (line === null)
      throw new UserError(
        `slipway: ${service} of ${namespace} cannot be reached. Is it running? Look with: npx slipway status ${settings.stack}`,
        1,
      );
    const found = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (found !== undefined) return { url: `http://127.0.0.1:${found}`, stop: () => child.kill(), process: child };
  }
}
