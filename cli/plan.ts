import { defineCommand } from "citty";
import { stringify } from "yaml";
import { planSystem } from "../model/plan.ts";
import { findStage, findSystem } from "./project/find-system.ts";

/** Prints what will be declared for a system, before any engine or cluster is asked. */
export const plan = defineCommand({
  meta: { name: "plan", description: "Print the plan derived from a description" },
  args: {
    system: { type: "positional", description: "Name under systems/", default: "fishdelivery" },
    stage: { type: "string", description: "dev or prod", default: "dev" },
    json: { type: "boolean", description: "JSON instead of YAML" },
  },
  run({ args }) {
    const planned = planSystem(findSystem(args.system), findStage(args.stage));
    process.stdout.write(
      args.json ? `${JSON.stringify(planned, null, 2)}\n` : stringify(planned, { aliasDuplicateObjects: false }),
    );
  },
});
