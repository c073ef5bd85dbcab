import { defineCommand } from "citty";
import { bringUp } from "./update/bring-up.ts";
import { bringUpWatching } from "./update/bring-up-watching.ts";
import { entryUrl } from "./running/entry-url.ts";
import { planSystem } from "../model/plan.ts";
import { findSystem } from "./project/find-system.ts";
import { placeOf } from "./stack/place.ts";
import { readStackSettings } from "./stack/stack-settings.ts";
import { upOnAws } from "./update/up-on-aws.ts";
import { say } from "./terminal/say.ts";

/** Brings a stack up: tools, cluster, images, `pulumi up`. */
export const up = defineCommand({
  meta: { name: "up", description: "Bring a stack up" },
  args: {
    stack: { type: "positional", description: "Stack", default: "dev" },
    yes: { type: "boolean", description: "On AWS: change without asking" },
    verbose: { type: "boolean", description: "Show the raw output of every step" },
  },
  async run({ args }) {
    const settings = readStackSettings(args.stack);
    if (placeOf(settings) === "aws") return upOnAws(settings, args.yes ?? false);
    await bringUp(settings, args.verbose ?? false);
    for (const name of settings.systems) {
      const isPublic = planSystem(findSystem(name), settings.stage).entry !== null;
      say(isPublic ? `${name} answers at ${await entryUrl(settings, name)}` : `${name} runs; it has no public entry`);
    }
    await bringUpWatching(settings, args.verbose ?? false);
  },
});
