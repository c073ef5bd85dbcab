import { type Agent, type IncomingMessage, request } from "node:http";
import type { LoadRequest } from "./plan.ts";
import type { Outcome, Row } from "./row.ts";

/** What one attempt met, before it is put on the clock of the load. */
export type Met = Pick<Row, "status" | "outcome" | "bytes" | "pod" | "key">;

const NONE = { status: 0, bytes: 0, pod: "", key: "" };
/** More of an answer is counted but not looked at. */
const LONGEST_ANSWER = 64 * 1024;

/** Sends one request and waits for the end of its answer, at most `timeoutMs`. Never rejects: what went wrong is what it met. */
export function sendOne(entry: string, wanted: LoadRequest, agent: Agent, timeoutMs: number): Promise<Met> {
  return new Promise((done) => {
    const body = wanted.body === null ? undefined : JSON.stringify(wanted.body);
    const headers =
      body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request(new URL(wanted.path, entry), { method: wanted.method, agent, headers });
    const timer = setTimeout(() => {
      done({ ...NONE, outcome: "timeout" });
      sent.destroy();
    }, timeoutMs);
    const end = (met: Met) => {
      clearTimeout(timer);
      done(met);
    };
    sent.on("error", (error: NodeJS.ErrnoException) =>
      end({ ...NONE, outcome: error.code === "ECONNREFUSED" ? "refused" : "reset" }),
    );
    sent.on("response", (answer) => read(answer, wanted, end));
    sent.end(body);
  });
}

function read(answer: IncomingMessage, wanted: LoadRequest, end: (met: Met) => void): void {
  let [bytes, text] = [0, ""];
  answer.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (text.length < LONGEST_ANSWER) text += chunk.toString();
  });
  const pod = String(answer.headers["x-pod"] ?? "");
  const status = answer.statusCode ?? 0;
  answer.on("error", () => end({ ...NONE, status, bytes, pod, outcome: "reset" }));
  answer.on("end", () => end({ status, bytes, pod, ...judged(wanted, answer, text) }));
}

function judged(wanted: LoadRequest, answer: IncomingMessage, text: string): Pick<Met, "outcome" | "key"> {
  const status = answer.statusCode ?? 0;
  const polite = wanted.mayRefuse && status === 503 && Number(answer.headers["retry-after"]) > 0;
  if (polite) return { outcome: "ok", key: "" };
  if (!wanted.answers.includes(status)) return { outcome: outcomeOf(status), key: "" };
  const body = parsed(text);
  if (body === undefined) return { outcome: "wrong answer", key: "" };
  const key = wanted.key === null ? "" : String((body as Record<string, unknown>)[wanted.key] ?? "");
  return { outcome: wanted.key !== null && key === "" ? "wrong answer" : "ok", key };
}

function outcomeOf(status: number): Outcome {
  if (status === 429) return "limited";
  return status >= 500 ? "server error" : "client error";
}

/** The answer of a JSON interface; text for anything else that is not empty; undefined for nothing. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === "" || text.startsWith("{") || text.startsWith("[") ? undefined : text;
  }
}
