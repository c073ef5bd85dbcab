import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Heartbeat } from "../../components/observability/mail-sink/heartbeat.ts";
import { Mailbox } from "../../components/observability/mail-sink/mailbox.ts";
import { pageServer } from "../../components/observability/mail-sink/page.ts";
import { mailServer } from "./mail-server.ts";

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

describe("the mails on this machine", () => {
  const box = new Mailbox();
  const sink = pageServer(box, new Heartbeat(box, 60), "mail-sink.monitoring.svc");
  let shown: Server;
  let port = 0;

  before(async () => {
    box.add({ from: "a", to: ["b"], subject: "It burns", text: "help" });
    shown = mailServer({ url: `http://127.0.0.1:${await listen(sink)}`, host: "localhost:8025" });
    port = await listen(shown);
  });
  after(() =>
    [sink, shown].forEach((server) => {
      server.close();
      server.closeAllConnections();
    }),
  );

  async function ask(path: string, headers: Record<string, string> = {}, method = "GET", to = port) {
    const call = request({ host: "127.0.0.1", port: to, path, method, agent: false, headers }).end();
    const [answer] = (await once(call, "response")) as [IncomingMessage];
    return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
  }

  it("are shown as the sink shows them", async () => {
    const { body, headers } = await ask("/mails/1");
    assert.match(body, /<h1 class="">It burns<\/h1>/);
    assert.match(String(headers["content-security-policy"]), /default-src 'none'/);
    assert.equal((await ask("/mails/2")).status, 404);
    assert.equal((await ask("/mails.json")).headers["content-type"], "application/json; charset=utf-8");
  });

  it("are shown to no other page, under no other name, and change nothing", async () => {
    assert.equal((await ask("/", { host: `evil.example:${port}` })).status, 403);
    assert.equal((await ask("/", { "sec-fetch-site": "cross-site" })).status, 403);
    assert.equal((await ask("/heartbeat", {}, "POST")).status, 405);
    assert.equal((await ask("//")).status, 404);
    assert.equal((await ask("/")).status, 200);
  });

  it("say so when the sink is gone, and pass nothing on of who asks", async () => {
    let heard: IncomingMessage["headers"] = {};
    const upstream = createServer(({ headers }, response) => {
      heard = headers;
      response.destroy();
    });
    const lonely = mailServer({ url: `http://127.0.0.1:${await listen(upstream)}`, host: "localhost:8025" });
    const { status, body } = await ask("/", { cookie: "a=b", authorization: "x" }, "GET", await listen(lonely));
    assert.equal(status, 502);
    assert.match(body, /Is the stack up\?/);
    assert.deepEqual(Object.keys(heard).toSorted(), ["connection", "host"]);
    assert.equal(heard.host, "localhost:8025");
    for (const server of [upstream, lonely]) {
      server.close();
      server.closeAllConnections();
    }
  });
});
