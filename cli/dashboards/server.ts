import { readFileSync } from "node:fs";
import type { Server, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { guardedServer, ofThisMachine, sayPlainly } from "../../components/observability/pages/guarded-server.ts";
import type { GrafanaDashboard } from "../../monitors/dashboards/grafana-json.ts";
import { passOn, type Upstream } from "../running/pass-on.ts";

export interface DashboardServerParts {
  readonly dashboards: readonly GrafanaDashboard[];
  /** Prometheus as this process reaches it. */
  readonly prometheus: Upstream;
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
  const files = new Map<string, () => [type: string, body: string]>([
    ["/", () => ["text/html", beside("index.html")]],
    ["/app.js", () => ["text/javascript", beside("app.js")]],
    ["/values.js", () => ["text/javascript", beside("values.js")]],
    ["/style.css", () => ["text/css", beside("style.css")]],
    ["/uplot.js", () => ["text/javascript", uplot("uPlot.esm.js")]],
    ["/uplot.css", () => ["text/css", uplot("uPlot.min.css")]],
    ["/dashboards.json", () => ["application/json", JSON.stringify({ scrapeSeconds, dashboards })]],
  ]);
  return guardedServer(ofThisMachine, async ({ method, path, query }, response) => {
    if (method !== "GET") return sayPlainly(response, 405, "These dashboards are read-only.");
    // "/d/<name>" is what alerts link to.
    const file = files.get(path.startsWith("/d/") ? "/" : path);
    if (file) return answer(response, 200, ...file());
    if (!READS.test(path)) return sayPlainly(response, 404, "no such page");
    if (!(await passOn(prometheus, path + query, response))) answer(response, 502, "application/json", SILENT);
  });
}

const SILENT = JSON.stringify({
  status: "error",
  error: "Prometheus does not answer. Is the stack up? Look with: npx slipway status",
});

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response
    .writeHead(status, {
      "content-type": `${type}; charset=utf-8`,
      "content-security-policy":
        "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    })
    .end(body);
}
