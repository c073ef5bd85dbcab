import { defineCommand } from "citty";
import { clusterDown } from "../toolchain/cluster/life/down.ts";
import { standardProgress } from "../toolchain/machine/progress.ts";
import { placeOf } from "./stack/place.ts";
import { pulumi } from "./engine/pulumi.ts";
import { readStackSettings } from "./stack/stack-settings.ts";
import { UserError } from "./terminal/user-error.ts";

/** Stops what `up` started. Data stay unless the resources themselves are destroyed. */
export const down = defineCommand({
  meta: { name: "down", description: "Stop a stack; its data stay" },
  args: {
    stack: { type: "positional", description: "Stack", default: "dev" },
    destroy: { type: "boolean", description: "Delete the stack's resources first (pulumi destroy)" },
    verbose: { type: "boolean", description: "Show the raw output of every step" },
  },
  async run({ args }) {
    const settings = readStackSettings(args.stack);
    const { kubeContext, cluster } = settings;
    const place = placeOf(settings);
    if (place === "aws") {
      throw new UserError(
        `slipway: stack "${args.stack}" runs on AWS, where nothing is stopped by the way. To delete it: pulumi destroy -s ${args.stack}; what holds data is protected and has to be released first.`,
      );
    }
    if (place === "own" && !args.destroy) {
      throw new UserError(
        `slipway: stack "${args.stack}" runs on your own cluster (context "${kubeContext}"), which slipway does not stop. To delete its resources: npx slipway down ${args.stack} --destroy`,
      );
    }
    if (args.destroy && (await pulumi(args.stack, ["destroy", "-s", args.stack, "--yes", "--skip-preview"])) !== 0) {
      throw new UserError(`slipway: pulumi destroy of stack "${args.stack}" failed; the engine's message is above.`, 1);
    }
    if (place === "embedded") await clusterDown(cluster, { purge: false }, standardProgress(args.verbose ?? false));
  },
});
