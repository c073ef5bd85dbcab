import { defineCommand } from "citty";
import { bringUp } from "./bring-up.ts";
import { bringUpWatching } from "./bring-up-watching.ts";
import { entryUrl } from "./entry-url.ts";
import { placeOf } from "./place.ts";
import { readStackSettings } from "./stack-settings.ts";
import { upOnAws } from "./up-on-aws.ts";

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
    console.log(`${settings.systems.join(", ")} answers at ${await entryUrl(settings)}`);
    await bringUpWatching(settings, args.verbose ?? false);
  },
});
