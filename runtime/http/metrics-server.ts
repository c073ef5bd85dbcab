import { createServer, type Server } from "node:http";
import { registry } from "../process/metrics.ts";

/** Serves /metrics on a port of its own, so that the public entry can never reach it. */
export function startMetricsServer(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") return void response.writeHead(404).end();
    registry.metrics().then(
      (text) => response.writeHead(200, { "content-type": registry.contentType }).end(text),
      () => response.writeHead(500).end("the metrics cannot be read\n"),
    );
  });
  return new Promise((resolve, reject) => server.once("error", reject).listen(port, () => resolve(server)));
}
