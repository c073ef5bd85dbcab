import { defineCommand } from "citty";
import { planSystem } from "../model/plan.ts";
import { entryUrl } from "./running/entry-url.ts";
import { publicPages } from "./running/public-pages.ts";
import { findSystem } from "./project/find-system.ts";
import { readStackSettings } from "./stack/stack-settings.ts";
import { UserError } from "./terminal/user-error.ts";
import { say } from "./terminal/say.ts";

/** Loaded when they are opened: drawing them needs much that listing the commands does not. */
const pages = () => import("./running/cluster-pages.ts");

/** Prints where something answers; for pages inside the cluster it keeps the way open until Ctrl-C. */
export const open = defineCommand({
  meta: { name: "open", description: "Show where a system answers, its dashboards or its mails" },
  args: {
    what: { type: "positional", description: "dashboards, mail, or a system", default: "" },
    stack: { type: "string", description: "Stack", default: "dev" },
  },
  async run({ args }) {
    const settings = readStackSettings(args.stack);
    if (args.what === "dashboards") return (await pages()).openDashboards(settings);
    if (args.what === "mail") return (await pages()).openMail(settings);
    if (args.what !== "") findSystem(args.what);
    const wanted = args.what === "" ? settings.systems : [args.what];
    const absent = wanted.find((name) => !settings.systems.includes(name));
    if (absent !== undefined)
      throw new UserError(
        `slipway: stack "${args.stack}" does not run ${absent}; it runs ${settings.systems.join(", ")}.`,
      );
    for (const name of wanted) {
      const plan = planSystem(findSystem(name), settings.stage);
      const pages = plan.entry === null ? ["no public entry"] : publicPages(plan, await entryUrl(settings, name));
      say([`${name}:`, ...pages].join("\n  "));
    }
  },
});
