import { createServer } from "node:http";
import sirv from "sirv";

/** The page runs nothing but its own script and talks to nobody but the entry it came from. */
const HEADERS = {
  "content-security-policy":
    "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

const page = sirv("page", { etag: true, maxAge: 60, setHeaders: (response) => setAll(response, HEADERS) });

const server = createServer((request, response) => {
  if (request.url === "/healthz") return response.writeHead(204).end();
  page(request, response, () => response.writeHead(404, { "content-type": "text/plain" }).end("not found\n"));
});
// Longer than the 60 s of a load balancer, so that it never reuses a connection that is just closing.
server.keepAliveTimeout = 72_000;
server.listen(8080);

process.on("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});

function setAll(response, headers) {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
