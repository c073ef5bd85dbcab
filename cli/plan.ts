import { defineCommand } from "citty";
import { visibleJson } from "../model/harmless/visible.ts";
import { stringify } from "yaml";
import { checkStage } from "../model/check/stage.ts";
import { planSystem } from "../model/plan.ts";
import { findStage, findSystem } from "./project/find-system.ts";
import { summary } from "./pages/system/summary.ts";
import { print } from "./terminal/say.ts";

/** Prints what will be declared for a system, before any engine or cluster is asked. */
export const plan = defineCommand({
  meta: { name: "plan", description: "Print the plan derived from a description" },
  args: {
    system: { type: "positional", required: false, description: "Name under systems/; what the stage runs" },
    stage: { type: "string", description: "dev or prod", default: "dev" },
    json: { type: "boolean", description: "JSON instead of YAML" },
  },
  run({ args }) {
    const stage = findStage(args.stage);
    const system = findSystem(args.system, stage);
    const planned = planSystem(system, stage);
    if (args.json) print(`${visibleJson(planned, 2)}\n`);
    else print(summary(planned, checkStage(system, stage)) + stringify(planned, { aliasDuplicateObjects: false }));
  },
});
