import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { LOOPBACK_NAMES, refusalOf } from "../../../model/harmless/request.ts";
import { visibleJson } from "../../../model/harmless/visible.ts";

/** One request that may be answered; the path is as it was sent, whatever signs are in it. */
export interface Question {
  readonly method: string;
  readonly path: string;
  /** With its question mark; empty without one. */
  readonly query: string;
  readonly request: IncomingMessage;
}

/** Whether a server with this socket is asked under a name of its own. */
export type IsOwn = (name: string, port: number, socket: Socket) => boolean;

/** What one page may cost: a browser asks for little and waits for nothing. Sizes in bytes, times in milliseconds. */
const LIMIT = { header: 16_384, headerTime: 5_000, requestTime: 10_000, idle: 30_000, connections: 64 } as const;

/** For every answer: nothing of it is shown inside another page, read by one, or taken for what it is not. */
const HEADERS = {
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/** Names of a page that listens on 127.0.0.1, with the port it listens on. */
export const ofThisMachine: IsOwn = (name, port, { localPort }) => LOOPBACK_NAMES.includes(name) && port === localPort;

/**
 * A server for pages that nobody signs in to. Web pages cannot ask it, neither from another origin nor under a name that was made to
 * lead here; no request is too large or too slow for it, and no address or body ends it.
 */
export function guardedServer(
  isOwn: IsOwn,
  answer: (question: Question, response: ServerResponse) => void | Promise<void>,
): Server {
  const times = {
    headersTimeout: LIMIT.headerTime,
    requestTimeout: LIMIT.requestTime,
    connectionsCheckingInterval: 1000,
  };
  const server = createServer({ maxHeaderSize: LIMIT.header, ...times }, (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const { method = "", url = "", headers, socket } = request;
    const text = (name: string) => String(headers[name] ?? "") || undefined;
    const refused = refusalOf(
      {
        method,
        target: url,
        host: headers.host,
        origin: headers.origin,
        site: text("sec-fetch-site"),
        mode: text("sec-fetch-mode"),
        destination: text("sec-fetch-dest"),
      },
      (name, port) => isOwn(name, port, socket),
    );
    if (refused) return sayPlainly(response, refused.status, refused.why);
    const [path = "", ...query] = url.split(/(?=\?)/);
    const question = { method, path, query: query.join(""), request };
    void (async () => answer(question, response))().catch((error: unknown) => failed(response, error));
  });
  server.maxConnections = LIMIT.connections;
  server.setTimeout(LIMIT.idle);
  return server;
}

/** Answers in plain words and reads no more of the request. */
export function sayPlainly(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" }).end(`${text}\n`);
}

function failed(response: ServerResponse, error: unknown): void {
  console.error(visibleJson({ level: "error", msg: "a request failed", error: String(error) }));
  if (response.headersSent) response.destroy();
  else sayPlainly(response, 500, "This failed here; it says why where it was started.");
}
