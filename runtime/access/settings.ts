import { envReader } from "../process/env-reader.ts";
import type { TokenRules } from "./token.ts";

/** Whom the verifier believes, and how it runs; every value comes from its ConfigMap. */
export interface VerifierSettings {
  readonly rules: TokenRules;
  readonly version: string;
  readonly logLevel: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly drainSeconds: number;
}

/** All settings and all their faults; they may be used only when there is none. */
export function readVerifierSettings(env: Readonly<Record<string, string | undefined>>): {
  settings: VerifierSettings;
  faults: readonly string[];
} {
  const read = envReader(env);
  const keys = read.httpUrl("SIGN_IN_JWKS_URL");
  const settings = {
    rules: {
      issuer: read.text("SIGN_IN_ISSUER"),
      audience: read.text("SIGN_IN_AUDIENCE"),
      keys: URL.parse(keys) ?? { keys: [] }, // a fault already
    },
    version: read.text("VERSION", "0"),
    logLevel: read.oneOf("LOG_LEVEL", ["trace", "debug", "info", "warn", "error"], "info"),
    port: read.integer("PORT", { min: 1, max: 65535, fallback: 8080 }),
    metricsPort: read.integer("METRICS_PORT", { min: 1, max: 65535, fallback: 9464 }),
    drainSeconds: read.integer("DRAIN_SECONDS", { min: 1, max: 300, fallback: 20 }),
  };
  return { settings, faults: read.faults };
}
