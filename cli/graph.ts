import { defineCommand } from "citty";
import { planSystem } from "../model/plan.ts";
import { mermaid } from "./pages/system/mermaid.ts";
import { findSystem } from "./project/find-system.ts";
import { say } from "./terminal/say.ts";

/** Prints the services and edges of a system as a Mermaid diagram. */
export const graph = defineCommand({
  meta: { name: "graph", description: "Print a system as a Mermaid diagram" },
  args: { system: { type: "positional", required: false, description: "Name under systems/; what dev runs" } },
  run({ args }) {
    say(mermaid(planSystem(findSystem(args.system), "dev")).trimEnd());
  },
});
