import { once } from "node:events";
import type { Server } from "node:http";
import { planSystem } from "../../model/plan.ts";
import { MONITORING_PORT } from "../../components/observability/site.ts";
import { MAIL_SINK } from "../../components/observability/mail-sink.ts";
import { MONITORING } from "../../model/names.ts";
import { platformDashboards, systemDashboards } from "../../monitors/dashboards.ts";
import { grafanaDashboard } from "../../monitors/dashboards/grafana.ts";
import { TIMING } from "../../monitors/timing.ts";
import { dashboardServer } from "../dashboards/server.ts";
import { findSystem } from "../project/find-system.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { UserError } from "../terminal/user-error.ts";
import { complain, say } from "../terminal/say.ts";
import { mailServer } from "./mail-server.ts";
import { type Forward, forward } from "./port-forward.ts";

/** Ports of this machine for what is opened: always the same, so that links in alerts work. */
const PAGE_PORT = { dashboards: 3080, mail: 3025 } as const;

/** Shows the dashboards of a stack until Ctrl-C. */
export async function openDashboards(settings: StackSettings): Promise<void> {
  const timing = TIMING[watching(settings)];
  const prometheus = await forward(settings, MONITORING.namespace, "prometheus", MONITORING_PORT.prometheus);
  const plans = settings.systems.map((name) => planSystem(findSystem(name), settings.stage));
  const dashboards = [
    ...plans.flatMap((plan) => systemDashboards(plan, settings.stage === "prod" ? "cloud" : "pods")),
    ...platformDashboards(),
  ].map(grafanaDashboard);
  const server = dashboardServer({ dashboards, prometheus, scrapeSeconds: timing.scrape });
  await showUntilEnd("dashboards", server, PAGE_PORT.dashboards, prometheus);
}

/** Shows the mails that its alerts have sent until Ctrl-C. */
export async function openMail(settings: StackSettings): Promise<void> {
  watching(settings);
  const sink = await forward(settings, MONITORING.namespace, MAIL_SINK, MONITORING_PORT.sinkPage);
  await showUntilEnd("mails", mailServer(sink), PAGE_PORT.mail, sink);
}

async function showUntilEnd(what: string, server: Server, port: number, way: Forward): Promise<void> {
  server.on("error", (error) => {
    way.stop();
    complain(`slipway: port ${port} of this machine cannot be used: ${error.message}`);
    process.exitCode = 1;
  });
  server.listen(port, "127.0.0.1", () => say(`${what}: http://127.0.0.1:${port}/  (Ctrl-C ends this)`));
  await once(way.process, "exit");
  server.close();
  server.closeAllConnections();
}

function watching({ stack, monitoring }: StackSettings): keyof typeof TIMING {
  if (monitoring !== "off") return monitoring;
  throw new UserError(
    `slipway: stack "${stack}" is not watched. Turn it on: write \`slipway:monitoring: standard\` below config in Pulumi.${stack}.yaml, or in .slipway/ where it is off on this machine alone, then npx slipway up ${stack}.`,
  );
}
