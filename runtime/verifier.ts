import { hostname } from "node:os";
import { readVerifierSettings } from "./access/settings.ts";
import { tokenVerifier } from "./access/token.ts";
import { verifierApp } from "./access/verifier.ts";
import type { Phase } from "./http/health.ts";
import { serve } from "./http/serve.ts";
import { createLog } from "./process/log.ts";
import { startMetrics } from "./process/metrics.ts";
import { endOnUncaught } from "./process/stop.ts";

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
await serve(app, phase, settings, { log, finish: async () => undefined });
