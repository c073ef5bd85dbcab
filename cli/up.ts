import { defineCommand } from "citty";
import { bringUp } from "./bring-up.ts";
import { entryUrl } from "./entry-url.ts";

/** Brings a stack up: tools, cluster, images, `pulumi up`. */
export const up = defineCommand({
  meta: { name: "up", description: "Bring a stack up" },
  args: {
    stack: { type: "positional", description: "Stack", default: "dev" },
    verbose: { type: "boolean", description: "Show the raw output of every step" },
  },
  async run({ args }) {
    const settings = await bringUp(args.stack, args.verbose ?? false);
    console.log(`${settings.systems.join(", ")} answers at ${await entryUrl(settings)}`);
  },
});
