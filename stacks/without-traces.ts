import { fileURLToPath } from "node:url";

/** Frames that stay: enough to see where an error was thrown, and which component declared a resource for whom. */
const FRAMES = 3;

/** Frames of the SDK between a declaration and the trace it takes of it; it drops them itself. */
const SDK_FRAMES = 5;

/** Takes a trace of every promise, which nobody reads unless the SDK itself is to be mended. */
const OF_PROMISE = "debuggablePromise";

/**
 * Keeps the stack traces of this program short. The SDK takes one for every promise, several for every property of every resource, and has
 * each translated through source maps; nothing here is compiled, so there is nothing to translate. It also sends the engine how each resource
 * came to be declared, which is kept in the state: this writes it the way the SDK reads it, with paths instead of the addresses of ES modules.
 * Answers what makes them as they were, for a process that goes on after the program.
 */
export function withoutTraces(): () => void {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = FRAMES;
  Error.prepareStackTrace = (error, frames) => {
    if (frames[0]?.getFunctionName() === OF_PROMISE) return "";
    return [
      String(error),
      ...frames
        .filter(isInFile)
        .slice(0, SDK_FRAMES + FRAMES)
        .map(written),
    ].join("\n");
  };
  return () => void Object.assign(Error, { stackTraceLimit, prepareStackTrace });
}

function isInFile(frame: NodeJS.CallSite): boolean {
  return !(frame.getFileName() ?? "node:").startsWith("node:");
}

function written(frame: NodeJS.CallSite): string {
  const file = frame.getFileName() ?? "";
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  return `    at ${frame.getFunctionName() ?? "<anonymous>"} (${path}:${frame.getLineNumber()}:${frame.getColumnNumber()})`;
}
