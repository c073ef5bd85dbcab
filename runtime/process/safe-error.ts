import { shortened } from "./shortened.ts";

/** Properties that are shown besides type, message, stack and causes: words and numbers that say what failed, never what it was done with. */
const SHOWN = ["code", "errno", "sqlState", "statement", "syscall", "apiId", "statusCode", "outcome"] as const;
const MAX_FRAMES = 20;
const MAX_CAUSES = 3;
const MAX_ERRORS = 5;

/** What a log line shows of an error. */
export interface SafeError {
  readonly type: string;
  readonly message: string;
  readonly [shown: string]: unknown;
}

/**
 * An error as it may be logged, by a list of what is allowed: libraries hang whole statements with their values, tokens and answers on
 * their errors. Anything may have been thrown.
 */
export function safeError(thrown: unknown, causes = MAX_CAUSES): SafeError {
  if (typeof thrown !== "object" || thrown === null) return { type: typeof thrown, message: safeMessage(thrown) };
  const has = new Map<string, unknown>(SHOWN.map((name) => [name, Reflect.get(thrown, name)]));
  const { cause, errors } = thrown as { cause?: unknown; errors?: unknown };
  return {
    type: shortened(thrown.constructor?.name ?? "Object"),
    message: safeMessage(thrown),
    ...Object.fromEntries([...has].flatMap(([name, value]) => (isShown(value) ? [[name, shownAs(value)]] : []))),
    ...(thrown instanceof Error ? { stack: frames(thrown) } : {}),
    ...(cause !== undefined && causes > 0 ? { cause: safeError(cause, causes - 1) } : {}),
    ...(Array.isArray(errors) && causes > 0
      ? { errors: errors.slice(0, MAX_ERRORS).map((each) => safeError(each, causes - 1)) }
      : {}),
  };
}

/** The message of whatever was thrown without what it quotes: that is somebody's data, or a secret. */
export function safeMessage(thrown: unknown): string {
  if (typeof thrown === "string") return withoutQuotes(thrown);
  if (thrown instanceof Error) return withoutQuotes(thrown.message);
  return "something was thrown that is no error";
}

/** From the first opening quote to the last quote of the text, as what is quoted may hold quotes itself. An apostrophe within a word is none. */
function withoutQuotes(text: string): string {
  const begin = text.search(/(?<![\p{L}\p{N}])["'`“”„‘«]/u);
  if (begin === -1) return shortened(text);
  const rest = text.slice(begin + 1);
  const end = Math.max(...['"', "'", "`", "”", "“", "’", "»"].map((quote) => rest.lastIndexOf(quote)));
  return shortened(`${text.slice(0, begin)}'…'${end === -1 ? "" : rest.slice(end + 1)}`);
}

const isShown = (value: unknown) => typeof value === "number" || typeof value === "string";
const shownAs = (value: unknown) => (typeof value === "string" ? shortened(value) : value);

/** The places of a stack; its first lines repeat the message as it was when the error was made. */
function frames({ stack = "", message }: Error): string {
  const lines = stack.replace(message, "").split("\n");
  return lines
    .filter((line) => /^\s+at .+(:\d+:\d+|<anonymous>|index \d+)\)?$/.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => shortened(line.trim()))
    .join("\n");
}
