import type { ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { startKubectl } from "./kubectl.ts";
import type { Upstream } from "./pass-on.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { UserError } from "../terminal/user-error.ts";

/** A way from this machine to one Service of the cluster; it ends with `stop`. */
export interface Forward extends Upstream {
  stop(): void;
  readonly process: ChildProcess;
}

/**
 * Opens a way to a Service for this process. What is behind it answers whoever asks, under any name, so it stands where no web page
 * looks: at a free port of a loopback address that is drawn each time. People are shown pages by a server of ours that asks through it.
 */
export async function forward(
  settings: StackSettings,
  namespace: string,
  service: string,
  to: number,
): Promise<Forward> {
  const address = drawnAddress();
  const child = await startKubectl(settings, [
    "port-forward",
    "-n",
    namespace,
    "--address",
    address,
    `service/${service}`,
    `:${to}`,
  ]);
  const ended = once(child, "exit").then(() => null);
  for (const lines = createInterface({ input: child.stdout! }); ; ) {
    const line = await Promise.race([once(lines, "line").then(([text]) => String(text)), ended]);
    if (line === null)
      throw new UserError(
        `slipway: ${service} of ${namespace} cannot be reached. Is it running? Look with: npx slipway status ${settings.stack}`,
        1,
      );
    const port = line.includes(`${address}:`) ? /:(\d+) ->/.exec(line)?.[1] : undefined;
    if (port !== undefined)
      return { url: `http://${address}:${port}`, host: `localhost:${to}`, stop: () => child.kill(), process: child };
  }
}

/** One of sixteen million addresses of the loopback interface; Linux has all of them. */
export function drawnAddress(): string {
  return ["127", randomInt(1, 255), randomInt(0, 256), randomInt(2, 255)].join(".");
}
