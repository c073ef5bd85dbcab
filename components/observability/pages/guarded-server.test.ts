import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request, type RequestOptions, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { bodyOf } from "./body.ts";
import { guardedServer, ofThisMachine, sayPlainly } from "./guarded-server.ts";

describe("a page that nobody signs in to", () => {
  let server: Server;
  let port = 0;
  let asked: string[] = [];

  before(async () => {
    server = guardedServer(ofThisMachine, async ({ method, path, query, request: from }, response) => {
      asked.push(`${method} ${path}${query}`);
      if (path === "/fails") throw new Error("inside");
      const body = await bodyOf(from, 1000);
      if (body === null) sayPlainly(response, 413, "too large");
      else response.end(`shown to you ${body}`);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => void (asked = []));
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  async function ask(options: RequestOptions, body = ""): Promise<{ status: number; headers: object; body: string }> {
    const call = request({ host: "127.0.0.1", port, agent: false, ...options }).end(body);
    const [answer] = (await once(call, "response")) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) };
  }
  const status = async (headers: Readonly<Record<string, string>>, options: RequestOptions = {}) =>
    (await ask({ ...options, headers: { host: `127.0.0.1:${port}`, ...headers } })).status;

  it("answers under names of this machine with its own port, and under no other", async () => {
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`])
      assert.equal(await status({ host }), 200, host);
    for (const host of [
      "evil.example",
      `evil.example:${port}`,
      "127.0.0.1",
      `127.0.0.1:${port + 1}`,
      `localhost.evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `evil.example@127.0.0.1:${port}`,
      `[::1]:${port}`,
      `10.0.0.1:${port}`,
      `localhost:${port}:${port}`,
    ])
      assert.equal(await status({ host }), 403, host);
    const nameless = connect(port, "127.0.0.1");
    nameless.write("GET / HTTP/1.0\r\n\r\n");
    assert.match(await text(nameless), /^HTTP\/1\.1 403/);
  });

  it("answers no page of another origin, and who follows a link", async () => {
    const own = `http://127.0.0.1:${port}`;
    for (const [headers, wanted] of [
      [{ "sec-fetch-site": "cross-site" }, 403],
      [{ "sec-fetch-site": "same-site" }, 403],
      [{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }, 403],
      [{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" }, 403],
      [{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "document" }, 403],
      [{ origin: "http://evil.example" }, 403],
      [{ origin: "null" }, 403],
      [{ origin: `http://localhost:${port}` }, 403],
      [{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" }, 200],
      [{ "sec-fetch-site": "none" }, 200],
      [{ "sec-fetch-site": "same-origin", origin: own }, 200],
    ] as const)
      assert.equal(await status(headers), wanted, JSON.stringify(headers));
    const form = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    assert.equal(await status(form, { method: "POST" }), 403);
  });

  it("survives any address, and says of a fault nothing but that there was one", async () => {
    for (const path of ["//", "///x", "/\\", "/%", "/%00", "/%ff", "/?a?b#c", "/__proto__", `/${"x".repeat(8000)}`])
      assert.equal((await ask({ path })).status, 200, path);
    for (const path of ["http://evil.example/", "*"]) assert.equal((await ask({ path })).status, 400, path);
    const failed = await ask({ path: "/fails" });
    assert.equal(failed.status, 500);
    assert.doesNotMatch(failed.body, /inside|at /);
    assert.equal((await ask({ path: "/" })).status, 200);
  });

  it("reads no more than it may", async () => {
    const post = { method: "POST", path: "/" };
    assert.equal((await ask(post, "x".repeat(1000))).body, `shown to you ${"x".repeat(1000)}`);
    assert.equal(
      (await ask({ ...post, headers: { "transfer-encoding": "chunked" } }, "x".repeat(100_000))).status,
      413,
    );
    assert.equal((await ask({ path: "/", headers: { cookie: "x".repeat(20_000) } })).status, 431);
  });

  it("waits for no request that does not come to its end", async function () {
    this.timeout(20_000);
    const began = Date.now();
    const slow = connect(port, "127.0.0.1");
    slow.write("GET / HTTP/1.1\r\n");
    slow.resume();
    await once(slow, "close");
    assert.ok(Date.now() - began < 10_000);
    for (const time of [server.headersTimeout, server.requestTimeout, server.timeout])
      assert.ok(time > 0 && time <= 30_000, `${time}`);
  });

  it("holds a bounded number of connections, and answers again when they are gone", async () => {
    const sockets = Array.from({ length: 80 }, () =>
      connect(port, "127.0.0.1")
        .on("error", () => undefined)
        .resume(),
    );
    const closed = () => sockets.filter(({ readyState }) => readyState === "closed").length;
    for (const end = Date.now() + 5000; closed() < 16 && Date.now() < end; await sleep(20));
    assert.equal(closed(), 16);
    await Promise.all(sockets.map((socket) => (socket.destroyed ? null : once(socket.destroy(), "close"))));
    while ((await ask({ path: "/" }).catch(() => null)) === null) await sleep(20);
  });

  it("is shown in no frame and read by no other page", async () => {
    const { headers } = await ask({ path: "/" });
    assert.partialDeepStrictEqual(headers, {
      "x-frame-options": "DENY",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    assert.ok(!("access-control-allow-origin" in headers));
  });
});
