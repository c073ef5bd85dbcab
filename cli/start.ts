import { defineCommand } from "citty";
import { deliverOrder, LAST_EVENT, requestsToTry, type Send } from "../systems/fishdelivery/demo.ts";
import { bringUp } from "./update/bring-up.ts";
import { bringUpWatching } from "./update/bring-up-watching.ts";
import { entryUrl } from "./running/entry-url.ts";
import { describeEvent, followEvents, type SeenEvent } from "./running/follow-events.ts";
import { readStackSettings, type StackSettings } from "./stack/stack-settings.ts";
import { UserError } from "./terminal/user-error.ts";
import { say } from "./terminal/say.ts";

/** Whose order is placed. */
const SYSTEM = "fishdelivery";

/** The main job from nothing: the dev stack, then one real order from the gateway to the door. */
export const start = defineCommand({
  meta: { name: "start", description: "Bring up fishdelivery on dev and deliver one order" },
  args: { verbose: { type: "boolean", description: "Show the raw output of every step" } },
  async run({ args }) {
    const began = Date.now();
    const settings = readStackSettings("dev");
    refuseWithout(SYSTEM, settings);
    await bringUp(settings, args.verbose ?? false);
    const entry = await entryUrl(settings, SYSTEM);
    say(`\nPlacing an order at ${entry} and following its events:`);
    const orderId = await orderWithEvents(settings, entry);
    say(`\nOrder ${orderId} is delivered, ${Math.round((Date.now() - began) / 1000)} s after the start.`);
    const invitation = [
      "\nTry it:",
      ...requestsToTry(entry, orderId).map((request) => `  ${request}`),
      "\nStop it: npx slipway down dev (keeps the data)",
    ].join("\n");
    say(invitation);
    if (await bringUpWatching(settings, args.verbose ?? false)) say(invitation); // the first one is far above by now
  },
});

/** An order that nobody can take would be waited for until the last timeout. */
function refuseWithout(system: string, { stack, systems }: StackSettings): void {
  if (systems.includes(system)) return;
  throw new UserError(
    `slipway start: delivers an order of ${system}, which stack "${stack}" does not run; it runs ${systems.join(", ")}. Bring those up with: npx slipway up ${stack}. Or add ${system} to slipway:system.`,
  );
}

/** Replicas log on their own streams: lines this young may still get an older neighbour. */
const SETTLE_MS = 700;
/** On a busy machine the logs arrive long after the order did. */
const LOGS_WAIT_MS = 20_000;

async function orderWithEvents(settings: StackSettings, entry: string): Promise<string> {
  let orderId: string | undefined;
  let waiting: SeenEvent[] = [];
  let ended = false;
  const stop = await followEvents(settings, SYSTEM, (event) => {
    waiting.push(event);
    if (event.key === orderId && event.event === LAST_EVENT) ended = true;
  });
  // Replicas log on their own streams; a short wait puts their lines back into the order of their times.
  const show = (until: number) => {
    const due = waiting.filter(({ time }) => Date.parse(time) <= until);
    waiting = waiting.filter((event) => !due.includes(event));
    if (orderId === undefined)
      waiting.push(...due); // the log may be quicker than the answer that names the order
    else
      for (const event of due.toSorted((a, b) => a.time.localeCompare(b.time)))
        if (event.key === orderId) say(describeEvent(event));
  };
  const timer = setInterval(() => show(Date.now() - SETTLE_MS), 100);
  try {
    await deliverOrder(sender(entry), (placed) => {
      orderId = placed;
      say(`  order ${placed} is accepted and paid`);
    });
    const deadline = Date.now() + LOGS_WAIT_MS;
    while (!ended && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    show(Date.now());
    return orderId ?? "";
  } finally {
    clearInterval(timer);
    stop();
  }
}

function sender(entry: string): Send {
  return async (method, path, body) => {
    const payload = body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {};
    const answer = await fetch(`${entry}${path}`, { method, ...payload, signal: AbortSignal.timeout(10_000) });
    const text = await answer.text();
    return { status: answer.status, body: parse(text) };
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // the gateway's own errors are plain text
  }
}
