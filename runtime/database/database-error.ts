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
  // PostgreSQL: deadlock and lost race, too many connections, going down, starting, and a primary that is read-only now.
  ...["40P01", "40001", "55P03", "53300", "57P01", "57P02", "57P03", "25006"],
  // … and connections that break or are refused at its door.
  ...["08000", "08001", "08003", "08004", "08006"],
]);
/** What PostgreSQL's driver says without any code when a connection has gone. */
const GONE = /closed state|Connection terminated|not queryable/;

interface ServerError {
  readonly code: string;
  readonly errno: number;
  readonly sqlState: string;
  /** Of PostgreSQL's server alone. */
  readonly severity: string;
}

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
    const { code, errno, sqlState, severity } = Object(thrown) as Partial<ServerError>;
    this.code = code;
    this.errno = errno;
    this.sqlState = sqlState ?? (severity === undefined ? undefined : code); // PostgreSQL's codes are the states themselves
    this.statement = statement;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** The database could not do it now but may in a moment: it is away, starting, failing over, or we lost a deadlock. */
export function isTransient(error: unknown): boolean {
  return TRANSIENT.has(codeOf(error)) || (error instanceof Error && GONE.test(error.message));
}

/** Another transaction wrote the same key first. */
export function isDuplicateKey(error: unknown): boolean {
  return ["ER_DUP_ENTRY", "23505"].includes(codeOf(error));
}

/** Two transactions waited for each other, and this one was chosen to give way. */
export function isDeadlock(error: unknown): boolean {
  return ["ER_LOCK_DEADLOCK", "40P01", "40001"].includes(codeOf(error));
}

/** A value does not fit its column; it will not fit next time either. The server's class 22, "data exception". */
export function isRefusedValue(error: unknown): boolean {
  return error instanceof DatabaseError && (error.sqlState?.startsWith("22") ?? false);
}
