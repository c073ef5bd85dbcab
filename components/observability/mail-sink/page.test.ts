import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Heartbeat } from "./heartbeat.ts";
import { Mailbox } from "./mailbox.ts";
import { pageServer } from "./page.ts";

const SERVICE = "mail-sink.monitoring.svc";

describe("the page of the mail sink", () => {
  let server: Server;
  let port = 0;
  let box = new Mailbox();
  let beats = 0;

  beforeEach(async () => {
    box = new Mailbox();
    beats = 0;
    const heartbeat = new Heartbeat(box, 60);
    heartbeat.beat = () => void (beats += 1);
    server = pageServer(box, heartbeat, SERVICE).listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  async function ask(path: string, headers: object = {}, body?: string, at = "127.0.0.1") {
    const method = body === undefined ? "GET" : "POST";
    const call = request({ host: at, port, path, method, agent: false, headers: { ...headers } }).end(body);
    const [answer] = (await once(call, "response")) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, body: await text(answer) };
  }
  const message = (alerts: unknown) => JSON.stringify({ alerts });

  it("shows mails without letting them be anything but text", async () => {
    box.add({ from: "a", to: ["b"], subject: "<script>alert(1)</script>\u202e", text: "<img src=x>\u001b[2J\n</pre>" });
    for (const path of ["/", "/mails/1"]) {
      const { body } = await ask(path);
      assert.doesNotMatch(body, /<script|<img|<\/pre>.*<\/pre>|[\u001b\u202e]/);
      assert.match(body, /&#60;script&#62;/);
    }
    box.add({ from: "a", to: [], subject: `one\ntwo${"x".repeat(500)}`, text: "" });
    assert.match((await ask("/")).body, /one\\ntwox{190,}… \(of 507 characters\)</);
    assert.match((await ask("/mails/2")).body, /one\\ntwox{500}</);
    assert.match((await ask("/metrics")).body, /^mail_sink_mails 2$/m);
    assert.equal((JSON.parse((await ask("/mails.json")).body) as { mails: unknown[] }).mails.length, 2);
    for (const path of [
      "/mails/99",
      "/mails/1e3",
      "//",
      "/mails/__proto__",
      "/constructor",
      `/mails/${"9".repeat(400)}`,
    ])
      assert.equal((await ask(path)).status, 404, path);
  });

  it("hears the heartbeat of Alertmanager under the name of its Service, and whoever looks after its health under its address", async () => {
    const host = `${SERVICE}:8025`;
    assert.equal((await ask("/heartbeat", { host }, message([]))).status, 200);
    assert.equal(beats, 1);
    for (const own of [host, `127.0.0.1:${port}`, "127.0.0.1:3025", "localhost:3025"])
      assert.equal((await ask("/healthz", { host: own })).status, 200, own);
    await new Promise((closed) => server.close(closed));
    server.listen(port, "127.0.0.2"); // a pod's own address is no loopback name either
    await once(server, "listening");
    for (const [host, status] of [
      ["127.0.0.2", 200],
      ["127.0.0.3", 403],
    ] as const)
      assert.equal((await ask("/healthz", { host }, undefined, "127.0.0.2")).status, status, host);
  });

  it("is only looked at, but for the heartbeat", async () => {
    for (const path of ["/", "/mails.json", "/healthz"]) assert.equal((await ask(path, {}, "{}")).status, 405, path);
  });

  it("takes no heartbeat from a web page, and none that is no message", async () => {
    for (const headers of [
      { origin: "http://evil.example", "sec-fetch-site": "cross-site" },
      { origin: "http://evil.example" },
      { "sec-fetch-site": "same-site" },
      { host: "evil.example:3025" },
      { host: "mail-sink.evil.example" },
    ])
      assert.equal((await ask("/heartbeat", headers, message([]))).status, 403, JSON.stringify(headers));
    for (const body of ["x", "null", "1", "[]", message({}), message([null]), message([{}]), message([{ status: 1 }])])
      assert.equal((await ask("/heartbeat", {}, body)).status, 400, body);
    assert.equal((await ask("/heartbeat", {}, message([]) + " ".repeat(2 ** 21))).status, 413);
    assert.deepEqual([beats, box.all().length], [0, 0]);
  });

  it("is not filled by one message, and takes no name for a text", async () => {
    const alert = { status: "firing", labels: {}, annotations: { summary: { toString: 1 } } };
    assert.equal((await ask("/heartbeat", {}, message(Array(5000).fill(alert)))).status, 200);
    assert.equal(box.all().length, 100);
    assert.equal(box.all()[0]?.subject, "[FIRING] :  (not by mail)");
  });
});
