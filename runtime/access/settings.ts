import type { JSONWebKeySet } from "jose";
import { envReader, type EnvReader } from "../process/env-reader.ts";
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
  const keys = readKeys(read);
  const settings = {
    rules: {
      issuer: read.text("SIGN_IN_ISSUER"),
      audience: read.text("SIGN_IN_AUDIENCE"),
      keys: keys ?? NO_KEYS,
    },
    version: read.text("VERSION", "0"),
    logLevel: read.oneOf("LOG_LEVEL", ["trace", "debug", "info", "warn", "error"], "info"),
    port: read.integer("PORT", { min: 1, max: 65535, fallback: 8080 }),
    metricsPort: read.integer("METRICS_PORT", { min: 1, max: 65535, fallback: 9464 }),
    drainSeconds: read.integer("DRAIN_SECONDS", { min: 1, max: 300, fallback: 20 }),
  };
  return { settings, faults: [...read.faults, ...(keys === undefined ? [WANTED_KEYS] : [])] };
}

const NO_KEYS: JSONWebKeySet = { keys: [] };
const WANTED_KEYS = "SIGN_IN_JWKS: wanted a JSON Web Key Set with a key, or nothing and an address in SIGN_IN_JWKS_URL";

/** Where the issuer shows its keys; or the keys themselves, where nobody shows them. Undefined for keys that are none. */
function readKeys(read: EnvReader): TokenRules["keys"] | undefined {
  if (!read.has("SIGN_IN_JWKS")) return URL.parse(read.httpUrl("SIGN_IN_JWKS_URL")) ?? NO_KEYS; // a fault already
  try {
    const { keys } = JSON.parse(read.text("SIGN_IN_JWKS")) as Partial<JSONWebKeySet>;
    return Array.isArray(keys) && keys.length > 0 ? { keys } : undefined;
  } catch {
    return undefined;
  }
}
