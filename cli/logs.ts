import { defineCommand } from "citty";
import { LABEL } from "../model/names.ts";
import { nearest } from "../model/nearest.ts";
import { planSystem } from "../model/plan.ts";
import { storeServers } from "../model/plan/stores.ts";
import type { Stage } from "../model/stage.ts";
import { findSystem } from "./project/find-system.ts";
import { kubectl, startKubectl } from "./running/kubectl.ts";
import { readStackSettings } from "./stack/stack-settings.ts";
import { UserError } from "./terminal/user-error.ts";
import { visibleStream } from "./terminal/visible-stream.ts";

/** Shows what every replica of a service logs. */
export const logs = defineCommand({
  meta: { name: "logs", description: "Show the logs of every replica of a service" },
  args: {
    service: {
      type: "positional",
      required: true,
      description: "A service of the system, or on dev the server of a store, such as kafka or mariadb",
    },
    stack: { type: "string", description: "Stack", default: "dev" },
    follow: { type: "boolean", alias: "f", description: "Go on until Ctrl-C" },
    tail: { type: "string", description: "Lines of each replica", default: "50" },
  },
  async run({ args }) {
    const settings = readStackSettings(args.stack);
    const system = settings.systems.find((name) => namesIn(name, settings.stage).includes(args.service));
    if (system === undefined) {
      const names = [...new Set(settings.systems.flatMap((name) => namesIn(name, settings.stage)))];
      const guess = nearest(args.service, names);
      throw new UserError(
        `slipway: stack "${args.stack}" has no service "${args.service}"${guess ? ` (did you mean "${guess}"?)` : ""}; there are: ${names.join(", ")}.`,
      );
    }
    await kubectl(settings, ["get", "namespace", system]); // says what to do when the cluster does not answer
    const command = [
      "logs",
      "-n",
      system,
      "-l",
      `${LABEL.name}=${args.service}`,
      "--prefix",
      "--all-containers",
      `--tail=${args.tail}`,
      "--max-log-requests=20",
    ];
    const child = await startKubectl(settings, args.follow ? [...command, "-f"] : command, "pipe");
    child.stdout?.pipe(visibleStream()).pipe(process.stdout); // whatever a service logs, the terminal only shows it
    child.stderr?.pipe(visibleStream()).pipe(process.stderr);
    process.exitCode = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code === 0 ? 0 : 1)));
  },
});

/** Programs, and the servers of their stores where these are pods too. */
function namesIn(system: string, stage: Stage): string[] {
  const { workloads, stores, messaging } = planSystem(findSystem(system), stage);
  const brokers = messaging.topics.length > 0 ? ["kafka"] : [];
  return [...workloads.map(({ name }) => name), ...(stage === "dev" ? [...storeServers(stores), ...brokers] : [])];
}
