import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** How the server fails, until told otherwise. */
export interface Fault {
  readonly delayMs?: number;
  readonly status?: number;
  /** Closes the connection instead of an answer. */
  readonly reset?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server whose every answer is known beforehand, to hold a generator and a runner against. */
export class KnownServer {
  fault: Fault = {};
  asked = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      this.asked++;
      const { delayMs = 0, status = request.method === "POST" ? 201 : 200, reset, headers = {}, body } = this.fault;
      if (delayMs > 0) await new Promise((done) => setTimeout(done, delayMs));
      if (reset) return void request.socket.destroy();
      response.writeHead(status, { "content-type": "application/json", "x-pod": "pod-a", ...headers });
      response.end(body ?? JSON.stringify({ orderId: `order-${this.asked}` }));
    });
  }

  async start(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
