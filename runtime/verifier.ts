import { hostname } from "node:os";
import { readVerifierSettings } from "./access/settings.ts";
import { tokenVerifier } from "./access/token.ts";
import { verifierApp } from "./access/verifier.ts";
import type { Phase } from "./http/health.ts";
import { startMetricsServer } from "./http/metrics-server.ts";
import { createLog } from "./process/log.ts";
import { startMetrics } from "./process/metrics.ts";
import { endOnUncaught, stopGracefully } from "./process/stop.ts";

/** Runs the verifier that a gateway asks about tokens. */
const { settings, faults } = readVerifierSettings(process.env);
if (faults.length > 0) {
  process.stderr.write(`verifier: ${faults.length} wrong settings. Fix its ConfigMap:\n  ${faults.join("\n  ")}\n`);
  process.exit(2);
}
const log = createLog({ service: "verifier", ...settings });
endOnUncaught(log);
startMetrics(settings.version);
const phase: Phase = { current: "starting" };
const identity = { version: settings.version, pod: hostname() };
const app = verifierApp(tokenVerifier(settings.rules), identity, phase, log);
const metricsServer = await startMetricsServer(settings.metricsPort);
await app.listen({ host: "0.0.0.0", port: settings.port });
phase.current = "serving";
stopGracefully(settings.drainSeconds, log, {
  leave: () => {
    phase.current = "stopping";
  },
  drain: () => app.close(),
  finish: async () => void metricsServer.close(),
});
