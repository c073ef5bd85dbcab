import { readFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { GrafanaDashboard } from "../../monitors/dashboards/grafana-json.ts";

export interface DashboardServerParts {
  readonly dashboards: readonly GrafanaDashboard[];
  /** Address of Prometheus as this process reaches it. */
  readonly prometheus: string;
  /** Seconds between scrapes; a rate needs four of them. */
  readonly scrapeSeconds: number;
}

/** What of Prometheus's API the page may ask: to read, nothing else. */
const READS = /^\/api\/v1\/(query|query_range|label\/[a-z_]+\/values)$/;

const require = createRequire(import.meta.url);
const uplot = (file: string) => readFileSync(require.resolve(`uplot/dist/${file}`), "utf8");
const beside = (file: string) => readFileSync(new URL(`browser/${file}`, import.meta.url), "utf8");

/** Shows the dashboards read-only against a running Prometheus: for places that cannot have Grafana. */
export function dashboardServer({ dashboards, prometheus, scrapeSeconds }: DashboardServerParts): Server {
  const files: Record<string, () => [type: string, body: string]> = {
    "/": () => ["text/html", beside("index.html")],
    "/app.js": () => ["text/javascript", beside("app.js")],
    "/values.js": () => ["text/javascript", beside("values.js")],
    "/style.css": () => ["text/css", beside("style.css")],
    "/uplot.js": () => ["text/javascript", uplot("uPlot.esm.js")],
    "/uplot.css": () => ["text/css", uplot("uPlot.min.css")],
    "/dashboards.json": () => ["application/json", JSON.stringify({ scrapeSeconds, dashboards })],
  };
  return createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://dashboards");
    if (request.method !== "GET") return answer(response, 405, "text/plain", "These dashboards are read-only.\n");
    // "/d/<name>" is what alerts link to.
    const file = files[url.pathname.startsWith("/d/") ? "/" : url.pathname];
    if (file) return answer(response, 200, ...file());
    if (READS.test(url.pathname)) return void forward(`${prometheus}${url.pathname}${url.search}`, response);
    return answer(response, 404, "text/plain", "no such page\n");
  });
}

async function forward(address: string, response: ServerResponse): Promise<void> {
  try {
    const reply = await fetch(address, { signal: AbortSignal.timeout(15_000) });
    answer(response, reply.status, "application/json", await reply.text());
  } catch {
    answer(
      response,
      502,
      "application/json",
      JSON.stringify({
        status: "error",
        error: "Prometheus does not answer. Is the stack up? Look with: npx slipway status",
      }),
    );
  }
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response
    .writeHead(status, {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": "no-store",
      "content-security-policy": "default-src 'self'; style-src 'self' 'unsafe-inline'",
    })
    .end(body);
}
