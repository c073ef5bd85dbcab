import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Heartbeat } from "../../components/observability/mail-sink/heartbeat.ts";
import { Mailbox } from "../../components/observability/mail-sink/mailbox.ts";
import { pageServer } from "../../components/observability/mail-sink/page.ts";
import { mailServer } from "./mail-server.ts";
import { skip, skipInQuickGate } from "../../test/skip.ts";

const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** What a page of a stranger tries on a page of this machine, each with what came of it. */
const ATTACK = (victim: string) => `<!doctype html><pre id="out"></pre><iframe name="frame" src="${victim}/"></iframe>
<form method="post" target="frame" action="${victim}/heartbeat"><input name="alerts"></form><script>
const tries = {
  read: () => fetch("${victim}/mails.json").then((answer) => answer.text()),
  post: () => fetch("${victim}/heartbeat", { method: "POST", mode: "no-cors", body: '{"alerts":[]}' }).then(({ type }) => type),
  end: () => fetch("${victim}//", { mode: "no-cors" }).then(({ type }) => type),
};
document.forms[0].submit();
for (const [name, attempt] of Object.entries(tries))
  attempt().then((it) => name + ": " + it, () => name + ": failed").then((line) => (out.textContent += line + "\\n"));
</script>`;

describe("a web page of a stranger", function () {
  this.timeout(120_000);
  const box = new Mailbox();
  const heartbeat = new Heartbeat(box, 60);
  const sink = pageServer(box, heartbeat, "mail-sink.monitoring.svc");
  const asked: string[] = [];
  const servers: Server[] = [sink];
  let beats = 0;
  let mails = 0;
  let stranger = 0;

  before(async function () {
    skipInQuickGate(this, "a browser");
    if (!chromium) return skip(this, "there is no browser here");
    heartbeat.beat = () => void (beats += 1);
    box.add({ from: "a", to: ["b"], subject: "only for you", text: "" });
    mails = await listen(mailServer({ url: `http://127.0.0.1:${await listen(sink)}`, host: "localhost:8025" }));
    stranger = await listen(
      createServer(({ url = "" }, response) => {
        const to = url === "/sink" ? (sink.address() as AddressInfo).port : mails;
        response.setHeader("content-type", "text/html").end(ATTACK(`http://127.0.0.1:${to}`));
      }),
    );
  });
  after(() => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });

  async function listen(server: Server): Promise<number> {
    servers.push(server.on("request", ({ method, url }) => void asked.push(`${method} ${url}`)));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  }

  /** What a browser has of a page in which every name below evil.example leads to this machine. */
  async function opened(address: string): Promise<string> {
    const profile = mkdtempSync(join(tmpdir(), "slipway-browser-"));
    const rules = "--host-resolver-rules=MAP *.evil.example 127.0.0.1";
    const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=8000", "--dump-dom"];
    const { stdout } = await promisify(execFile)(chromium ?? "", [
      ...flags,
      rules,
      `--user-data-dir=${profile}`,
      address,
    ]);
    rmSync(profile, { recursive: true, force: true });
    return stdout;
  }

  it("reads no mail, forges no heartbeat and ends nothing, neither here nor at the sink itself", async () => {
    for (const path of ["/", "/sink"]) {
      const page = await opened(`http://page.evil.example:${stranger}${path}`);
      assert.match(page, /read: failed/);
      assert.doesNotMatch(page, /only for you/);
    }
    assert.equal(beats, 0);
    assert.ok(asked.includes("POST /heartbeat"), `the browser did not even try: ${asked.join(", ")}`);
  });

  it("reads nothing under a name of its own that leads to this machine", async () => {
    const page = await opened(`http://rebound.evil.example:${mails}/mails.json`);
    assert.doesNotMatch(page, /only for you/);
    assert.match(page, /Nothing here answers as/);
  });

  it("is no obstacle for who opens the page itself", async () => {
    for (const name of ["127.0.0.1", "localhost"])
      assert.match(await opened(`http://${name}:${mails}/mails/1`), /only for you/);
  });
});
