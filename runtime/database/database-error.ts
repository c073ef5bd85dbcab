import { safeMessage } from "../process/safe-error.ts";

const TRANSIENT = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "PROTOCOL_CONNECTION_LOST",
  "PROTOCOL_SEQUENCE_TIMEOUT",
  "POOL_TIMEOUT",
  "ER_LOCK_DEADLOCK",
  "ER_LOCK_WAIT_TIMEOUT",
  "ER_CON_COUNT_ERROR",
  "ER_TOO_MANY_USER_CONNECTIONS",
  "ER_SERVER_SHUTDOWN",
  // A failover leaves connections to the old primary, which is read-only now.
  "ER_OPTION_PREVENTS_STATEMENT",
  "ER_READ_ONLY_MODE",
  "ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION",
]);

/**
 * What the driver or the server refused, without any value: the driver's own error carries the statement with its values filled in, and
 * the server's messages quote them. `statement` is the text with its placeholders, or what it does where it is written in full.
 */
export class DatabaseError extends Error {
  readonly code: string | undefined;
  readonly errno: number | undefined;
  readonly sqlState: string | undefined;
  readonly statement: string;

  constructor(thrown: unknown, statement: string) {
    super(safeMessage(thrown));
    const { code, errno, sqlState } = Object(thrown) as { code?: string; errno?: number; sqlState?: string };
    this.code = code;
    this.errno = errno;
    this.sqlState = sqlState;
    this.statement = statement;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** The database could not do it now but may in a moment: it is away, starting, failing over, or we lost a deadlock. */
export function isTransient(error: unknown): boolean {
  return TRANSIENT.has(codeOf(error)) || (error instanceof Error && /closed state/.test(error.message));
}

/** Another transaction wrote the same key first. */
export function isDuplicateKey(error: unknown): boolean {
  return codeOf(error) === "ER_DUP_ENTRY";
}

/** Two transactions waited for each other, and this one was chosen to give way. */
export function isDeadlock(error: unknown): boolean {
  return codeOf(error) === "ER_LOCK_DEADLOCK";
}

/** A value does not fit its column; it will not fit next time either. The server's class 22, "data exception". */
export function isRefusedValue(error: unknown): boolean {
  return error instanceof DatabaseError && (error.sqlState?.startsWith("22") ?? false);
}
