/** Frames that stay: enough to see where an error was thrown. */
const FRAMES = 3;

/**
 * Keeps the stack traces of this program short and as Node.js writes them. The SDK takes one for every promise, several for
 * every property of every resource, and has each translated through source maps; nothing here is compiled, so there is nothing to translate.
 */
export function withoutTraces(): void {
  Reflect.deleteProperty(Error, "prepareStackTrace");
  Error.stackTraceLimit = FRAMES;
}
