import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { planSystem } from "../../model/plan.ts";
import { systemDashboards } from "../../monitors/dashboards.ts";
import { grafanaDashboard } from "../../monitors/dashboards/grafana.ts";
import { fishdelivery } from "../../systems/fishdelivery/system.ts";
import { align, fill, format, legend } from "./browser/values.js";
import { dashboardServer } from "./server.ts";
import { skip, skipInQuickGate } from "../../test/skip.ts";

const run = promisify(execFile);
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const dashboards = systemDashboards(planSystem(fishdelivery, "dev"), "pods").map(grafanaDashboard);

/** Answers every query with one series that has a value at every step. */
function pretendPrometheus(asked: string[]): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://prometheus");
    const number = (name: string) => Number(url.searchParams.get(name));
    asked.push(url.searchParams.get("query") ?? url.pathname);
    const metric = { service: "order", slo: "availability" };
    const values: [number, string][] = [];
    for (let time = number("start"); time <= number("end") && url.pathname.endsWith("range"); time += number("step"))
      values.push([time, "0.5"]);
    const data = url.pathname.endsWith("/values")
      ? ["services"]
      : { result: [url.pathname.endsWith("range") ? { metric, values } : { metric, value: [0, "0.5"] }] };
    response.end(JSON.stringify({ status: "success", data }));
  });
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("dashboards without Grafana", () => {
  const asked: string[] = [];
  const prometheus = pretendPrometheus(asked);
  let server: Server;
  let url = "";

  before(async () => {
    server = dashboardServer({
      dashboards,
      prometheus: { url: await listen(prometheus), host: "localhost:9090" },
      scrapeSeconds: 15,
    });
    url = await listen(server);
  });
  after(() =>
    [server, prometheus].forEach((each) => {
      each.close();
      each.closeAllConnections();
    }),
  );

  it("serves the page under the links that alerts carry", async () => {
    for (const path of ["/", "/d/fishdelivery-order"])
      assert.match(await (await fetch(url + path)).text(), /<main id="panels">/);
  });

  it("passes on questions and nothing that could change Prometheus", async () => {
    assert.equal((await fetch(`${url}/api/v1/query?query=up`)).status, 200);
    assert.equal((await fetch(`${url}/api/v1/admin/tsdb/snapshot`)).status, 404);
    assert.equal((await fetch(`${url}/-/reload`)).status, 404);
    assert.equal((await fetch(`${url}/api/v1/query?query=up`, { method: "POST" })).status, 405);
  });

  it("answers no other page and under no other name, and survives any address", async () => {
    const port = new URL(url).port;
    const ask = async (path: string, headers: Record<string, string> = {}) => {
      const call = request({ host: "127.0.0.1", port, path, agent: false, headers }).end();
      const [answer] = (await once(call, "response")) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    for (const path of ["/", "/dashboards.json", "/api/v1/query?query=up"]) {
      assert.equal(await ask(path, { host: `evil.example:${port}` }), 403);
      assert.equal(await ask(path, { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" }), 403);
    }
    for (const path of ["//", "/constructor", "/__proto__", "/%"]) assert.equal(await ask(path), 404);
    assert.equal(await ask("/"), 200);
  });

  it("says so when Prometheus does not answer", async () => {
    const lonely = dashboardServer({
      dashboards,
      prometheus: { url: "http://127.0.0.1:1", host: "localhost:9090" },
      scrapeSeconds: 15,
    });
    const reply = await fetch(`${await listen(lonely)}/api/v1/query?query=up`);
    assert.equal(reply.status, 502);
    assert.match(await reply.text(), /Is the stack up\?/);
    lonely.close();
    lonely.closeAllConnections();
  });

  it("draws every panel of a dashboard in a browser", async function () {
    this.timeout(60_000);
    skipInQuickGate(this, "a browser");
    if (!chromium) return skip(this, "there is no browser here");
    const profile = mkdtempSync(join(tmpdir(), "slipway-browser-"));
    const { stdout } = await run(
      chromium,
      [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        `--user-data-dir=${profile}`,
        "--window-size=1600,3000",
        "--virtual-time-budget=12000",
        "--dump-dom",
        `${url}/d/fishdelivery-order`,
      ],
      { maxBuffer: 1 << 26 },
    );
    rmSync(profile, { recursive: true, force: true });
    const panels = dashboards
      .find(({ uid }) => uid === "fishdelivery-order")
      ?.panels.filter(({ type }) => type !== "row").length;
    assert.equal(stdout.match(/data-state="drawn"/g)?.length, (panels ?? 0) + 1); // and the page itself
    assert.match(stdout, /<canvas/);
    assert.ok(
      asked.every((query) => !query.includes("$")),
      "a variable was left in a query",
    );
  });
});

describe("values on dashboards", () => {
  const table: readonly (readonly [number | null, string, string])[] = [
    [0.9912, "percentunit", "99.1 %"],
    [0.0042, "s", "4.2 ms"],
    [0, "s", "0 s"],
    [90, "s", "90 s"],
    [400, "s", "6.67 min"],
    [5_242_880, "bytes", "5 MiB"],
    [12.5, "reqps", "12.5/s"],
    [1, "bool_on_off", "yes"],
    [null, "short", "–"],
    [123_456, "short", "123 k"],
  ];
  for (const [value, unit, text] of table) it(`are written as ${text}`, () => assert.equal(format(value, unit), text));

  it("take the choices of the person", () => {
    assert.equal(
      fill('rate(x{job=~"$job",instance=~"$instance"}[$__rate_interval])', {
        job: ".+",
        instance: "a",
        rateSeconds: 60,
      }),
      'rate(x{job=~".+",instance=~"a"}[60s])',
    );
  });

  it("are named by their labels", () => {
    assert.equal(legend("{{service}} p99", { service: "order" }), "order p99");
    assert.equal(legend("", { service: "order" }), "order");
  });

  it("stand at their time, with a gap where there is none", () => {
    assert.deepEqual(
      align(
        [
          {
            values: [
              [0, "1"],
              [20, "NaN"],
              [30, "3"],
            ],
          },
        ],
        0,
        30,
        10,
      ),
      [
        [0, 10, 20, 30],
        [1, null, null, 3],
      ],
    );
  });
});
