import { userInfo } from "node:os";
import { defineCommand } from "citty";
import { MONITORING } from "../model/names.ts";
import { MONITORING_PORT } from "../components/observability/site.ts";
import { planSystem, type SystemPlan } from "../model/plan.ts";
import { parseDuration } from "../model/quantity.ts";
import { plannedSilence } from "../monitors/silence.ts";
import { findSystem } from "./project/find-system.ts";
import { forward } from "./running/port-forward.ts";
import { silencedPart } from "./running/silenced-part.ts";
import { describeSilence, Silences } from "./running/silences.ts";
import { readStackSettings, type StackSettings } from "./stack/stack-settings.ts";
import { UserError } from "./terminal/user-error.ts";
import { say } from "./terminal/say.ts";

/** Keeps alerts of planned work from waking anybody, for a while that has an end. */
export const silence = defineCommand({
  meta: { name: "silence", description: "Keep alerts quiet during planned work; show or end such silences" },
  args: {
    what: { type: "positional", description: "System or service; nothing shows the silences that hold", default: "" },
    for: { type: "string", description: "How long, two hours at the most", valueHint: "1h" },
    why: { type: "string", description: "What is being done; everybody who looks sees it" },
    by: { type: "string", description: "Who can be asked", default: userInfo().username },
    end: { type: "string", description: "End this silence now", valueHint: "id" },
    stack: { type: "string", description: "Stack", default: "dev" },
  },
  async run({ args }) {
    const settings = readStackSettings(args.stack);
    // Asked before anything is reached, so that a wrong word costs no time.
    const wanted = args.what === "" ? null : planned(settings, args.what, args.for, args.why, args.by);
    await withSilences(settings, async (silences) => {
      if (args.end !== undefined) {
        await silences.expire(args.end);
        say(`ended: ${args.end}`);
      } else if (wanted !== null) {
        const id = await silences.add(wanted);
        say(
          `${args.what} is silent until ${wanted.endsAt.slice(0, 16).replace("T", " ")} UTC. End it sooner: npx slipway silence --end ${id}`,
        );
      } else {
        const standing = await silences.standing();
        say(standing.length === 0 ? "No silence holds." : standing.map(describeSilence).join("\n"));
      }
    });
  },
});

function planned(
  settings: StackSettings,
  what: string,
  length: string | undefined,
  why: string | undefined,
  by: string,
): ReturnType<typeof plannedSilence> {
  const plans: SystemPlan[] = settings.systems.map((name) => planSystem(findSystem(name), settings.stage));
  const milliseconds = parseDuration(length ?? "");
  if (milliseconds === undefined)
    throw new UserError(
      `slipway silence: --for found ${length === undefined ? "nothing" : `"${length}"`}, wanted a time such as 30m or 2h. A silence without an end hides real faults.`,
    );
  try {
    return plannedSilence({
      ...silencedPart(plans, what),
      minutes: milliseconds / 60_000,
      by,
      why: why ?? "",
      now: new Date(),
    });
  } catch (error) {
    throw error instanceof RangeError ? new UserError(`slipway silence: ${error.message}`) : error;
  }
}

async function withSilences(settings: StackSettings, work: (silences: Silences) => Promise<void>): Promise<void> {
  const way = await forward(settings, MONITORING.namespace, "alertmanager", MONITORING_PORT.alertmanager);
  try {
    await work(new Silences(way.url));
  } finally {
    way.stop();
  }
}
