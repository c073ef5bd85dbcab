import { stopGracefully } from "../process/stop.ts";
import type { Log } from "../process/log.ts";
import type { Phase } from "./health.ts";
import type { Http } from "./http.ts";
import { startMetricsServer } from "./metrics-server.ts";

/** Where a program answers, and how long it may take to end. */
interface Place {
  readonly port: number;
  readonly metricsPort: number;
  readonly drainSeconds: number;
}

/** Answers until it is told to stop: then it leaves the Service, answers what is under way, and finishes what is behind it. */
export async function serve(
  app: Http,
  phase: Phase,
  { port, metricsPort, drainSeconds }: Place,
  { log, finish }: { readonly log: Log; finish(): Promise<void> },
): Promise<void> {
  const metricsServer = await startMetricsServer(metricsPort);
  await app.listen({ host: "0.0.0.0", port });
  phase.current = "serving";
  stopGracefully(drainSeconds, log, {
    leave: () => {
      phase.current = "stopping";
    },
    drain: () => app.close(),
    async finish() {
      await finish();
      metricsServer.close();
    },
  });
}
