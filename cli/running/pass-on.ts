import { once } from "node:events";
import { get, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

/** A page of the cluster as this process reaches it, and the name under which it knows itself. */
export interface Upstream {
  readonly url: string;
  readonly host: string;
}

const WAIT_MS = 15_000;
/** Headers of an answer that belong to what is shown; all others are this machine's own. */
const KEPT = ["content-type", "content-security-policy"];

/** Asks upstream for a path, says nothing of who asks, and passes the answer on as it comes. Answers false where there is none. */
export async function passOn({ url, host }: Upstream, path: string, response: ServerResponse): Promise<boolean> {
  const call = get(url + path, { headers: { host }, agent: false, timeout: WAIT_MS });
  call.on("timeout", () => call.destroy(new Error("no answer in time")));
  let answer: IncomingMessage;
  try {
    [answer] = (await once(call, "response")) as [IncomingMessage];
  } catch {
    return false;
  }
  for (const name of KEPT) if (answer.headers[name] !== undefined) response.setHeader(name, answer.headers[name]);
  response.writeHead(answer.statusCode ?? 502);
  await pipeline(answer, response).catch(() => response.destroy()); // whoever asked may have gone
  return true;
}
