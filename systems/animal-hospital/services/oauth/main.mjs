import { createServer } from "node:http";
import { openDatabase } from "./database.mjs";
import { keysAt, readKeys } from "./keys.mjs";
import { providerWith } from "./provider.mjs";
import { readSettings } from "./settings.mjs";
import { interact } from "./sign-in.mjs";
import { forgetExpired, stateIn } from "./state.mjs";

const LOOK_AT_KEYS_MS = 60_000;
const FORGET_MS = 600_000;
const REQUEST_MS = 10_000;
// Longer than the 60 s of a load balancer, so that it never reuses a connection that is just being closed.
const KEEP_ALIVE_MS = 72_000;

const settings = readSettings(process.env);
const db = openDatabase(settings.database);
const State = stateIn(db);
let current = await load();
let stopping = false;

/** The provider with the keys of this moment. */
async function load() {
  const keys = keysAt(await readKeys(db, settings.keysSecret), Date.now());
  const provider = providerWith(settings, keys, State);
  provider.on("server_error", (_ctx, error) => tell("request failed", error));
  return { provider, answer: provider.callback(), kids: keys.map(({ kid }) => kid).join() };
}

const tell = (what, error) =>
  process.stdout.write(`${JSON.stringify({ level: "warn", msg: what, error: error.message })}\n`);

/** Does something again and again; a failure is told, and tried again. */
const again = (ms, what, work) => setInterval(() => work().catch((error) => tell(what, error)), ms).unref();
again(FORGET_MS, "could not forget what is over", () => forgetExpired(db));
again(LOOK_AT_KEYS_MS, "could not look at the keys", async () => {
  const next = await load();
  if (next.kids !== current.kids) current = next;
});

const server = createServer({ requestTimeout: REQUEST_MS, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
  const path = new URL(request.url, "http://any").pathname;
  if (stopping) response.setHeader("connection", "close");
  if (path === "/health/alive") return response.writeHead(200).end();
  if (path === "/health/ready") return response.writeHead(stopping ? 503 : 200).end();
  const { provider, answer } = current;
  if (!path.startsWith("/oauth/interaction/")) return answer(request, response);
  return interact(provider, db, request, response).catch((error) => {
    tell("request failed", error);
    if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
    response.end("The request failed.");
  });
});
server.listen(settings.port);

process.on("SIGTERM", () => {
  stopping = true;
  server.close(() => db.end().then(() => process.exit(0)));
  server.closeIdleConnections();
});
