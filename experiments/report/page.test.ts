import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { skip, skipInQuickGate } from "../../test/skip.ts";
import { page } from "./page.ts";
import { sampleProof, sampleReport } from "./sample-report.ts";

const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const report = sampleReport(
  sampleProof("E1", "pass"),
  sampleProof("E2", "fail", 50),
  sampleProof("E4", "not runnable"),
);
const text = page(report, ["E2: was pass, is fail"]);

/** A page that opens the report as wide as a screen is, and tells what a reader would see of it. */
const READER = (
  width: number,
) => `<!doctype html><iframe src="/report" width="${width}" height="800"></iframe><pre id="told"></pre><script>
addEventListener("load", () => setTimeout(() => {
  const { document: it } = frames[0];
  const colour = (element) => getComputedStyle(element).color;
  told.textContent = JSON.stringify({
    state: it.body.dataset.state, hostile: it.body.dataset.hostile ?? null, images: it.images.length,
    canvases: it.querySelectorAll("canvas").length, overflow: it.documentElement.scrollWidth - it.documentElement.clientWidth,
    background: getComputedStyle(it.body).backgroundColor, ink: colour(it.body), fetched: frames[0].performance.getEntriesByType("resource").length,
  });
}, 1500));</script>`;

describe("the page of a report", function () {
  this.timeout(120_000);

  it("holds every experiment, verdict and figure without any script", () => {
    const bare = text.replaceAll(/<script[\s\S]*?<\/script>/g, "");
    for (const said of [
      "A trial",
      "not runnable",
      "failed requests",
      "Rolling update",
      "rolling-update",
      "71.18 %",
      "order@sha256:1",
    ])
      assert.ok(bare.includes(said), said);
    assert.doesNotMatch(bare, /<img/);
  });

  it("fetches nothing, and no text in it is obeyed", () => {
    assert.doesNotMatch(text, /(src|href)="(https?:)?\/\//);
    assert.match(text, /default-src 'none'/);
    assert.equal(text.match(/<\/script>/g)?.length, 3);
  });

  describe("in a browser", () => {
    const server = createServer(({ url = "" }, response) => {
      const width = Number(/^\/at\/(\d+)$/.exec(url)?.[1] ?? 0);
      response.setHeader("content-type", "text/html").end(url === "/report" ? text : READER(width));
    });
    before(async function () {
      skipInQuickGate(this, "a browser");
      if (!chromium) return skip(this, "there is no browser here");
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
    });
    after(() => server.close());

    async function seen(width: number, ...flags: string[]) {
      const profile = mkdtempSync(join(tmpdir(), "slipway-browser-"));
      const standard = ["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=6000", "--dump-dom"];
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/at/${width}`;
      const { stdout } = await promisify(execFile)(chromium ?? "", [
        ...standard,
        ...flags,
        `--user-data-dir=${profile}`,
        address,
      ]);
      rmSync(profile, { recursive: true, force: true });
      return JSON.parse(/<pre id="told">([^<]*)<\/pre>/.exec(stdout)?.[1] ?? "{}") as Record<string, unknown>;
    }

    it("draws its charts, obeys nothing that it quotes and asks nobody", async () => {
      const { state, hostile, images, canvases, fetched } = await seen(1200);
      assert.deepEqual([state, hostile, images, fetched], ["drawn", null, 0, 0]);
      assert.ok(Number(canvases) >= 8, `${String(canvases)} charts`);
    });

    it("fits a phone", async () => assert.equal((await seen(390))["overflow"], 0));

    it("is dark where the reader's screen is", async () => {
      const light = await seen(1200);
      const dark = await seen(1200, "--force-dark-mode", "--blink-settings=preferredColorScheme=0");
      assert.equal(light["background"], "rgb(255, 255, 255)");
      assert.notEqual(dark["background"], light["background"]);
      assert.notEqual(dark["ink"], light["ink"]);
    });
  });
});
