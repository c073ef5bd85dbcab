import assert from "node:assert/strict";
import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, connect, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort, listen } from "../../machine/free-port.ts";
import { readProc } from "../../machine/proc.ts";
import { isAdmitted } from "./entry-guard.ts";

const program = fileURLToPath(new URL("./forwarder.ts", import.meta.url));

describe("the forwarder", () => {
  let target: Server;
  const started: ChildProcess[] = [];
  const state = mkdtempSync(join(tmpdir(), "slipway-forwarder-"));
  let raw = 0;
  let entry = 0;

  before(async () => {
    target = createServer((call, response) => call.pipe(response));
    const to = await listen(target);
    [raw, entry] = [await freePort(), await freePort()];
    const routes = [`${raw}=127.0.0.1:${to}`, `http:${entry}=127.0.0.1:${to},shop.test`];
    start(...routes);
    while ((await ask(entry).catch(() => sleep(50, null))) === null);
  });
  after(() => {
    for (const forwarder of started) forwarder.kill();
    target.close();
    target.closeAllConnections();
    rmSync(state, { recursive: true, force: true });
  });

  function start(...routes: readonly string[]): ChildProcessByStdio<null, Readable, null> {
    const args = [program, "unit-forwarder", "", ...routes];
    const env = { ...process.env, XDG_STATE_HOME: state }; // it looks after a supervisor, whose log is there
    const forwarder = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"], env });
    started.push(forwarder);
    return forwarder;
  }
  async function ask(port: number, host = `127.0.0.1:${port}`, body = "", path = "/"): Promise<number | undefined> {
    const call = request({ host: "127.0.0.1", port, path, method: "POST", agent: false, headers: { host } }).end(body);
    const [answer] = (await once(call, "response")) as [IncomingMessage];
    const said = await text(answer);
    if (answer.statusCode === 200) assert.equal(said, body);
    return answer.statusCode;
  }
  async function say(port: number, ...parts: readonly string[]): Promise<string> {
    const socket = connect(port, "127.0.0.1");
    const answer = text(socket);
    for (const part of parts) {
      socket.write(part);
      await sleep(20);
    }
    return answer;
  }

  it("carries what it is sent, in one piece or in many, however large", async () => {
    assert.equal(await ask(raw, "anything.example", "hello"), 200);
    assert.equal(await ask(entry, "localhost", "x".repeat(5_000_000)), 200);
    const parts = [
      "POST / HT",
      "TP/1.1\r\nHo",
      "st: 127.0.0.1\r\nconnection: close\r\ncontent-length: 5\r\n\r",
      "\nhel",
      "lo",
    ];
    assert.match(await say(entry, ...parts), /^HTTP\/1\.1 200 OK.*hel.*lo/s);
  });

  it("waits for the answer when a client has said all it had to say", async () => {
    for (const port of [raw, entry]) {
      const socket = connect(port, "127.0.0.1").end(
        "POST / HTTP/1.0\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi",
      );
      assert.match(await text(socket), /200 OK.*hi$/s);
    }
  });

  it("carries to the entry what asks for this machine, or for a name that was allowed", async () => {
    for (const host of [`127.0.0.1:${entry}`, "localhost", "LOCALHOST:9000", "shop.localhost:8080", "shop.test:8080"])
      assert.equal(await ask(entry, host, "hello"), 200, host);
    for (const host of [
      "evil.example",
      `evil.example:${entry}`,
      "localhost.evil.example",
      "127.0.0.1.evil.example",
      "evillocalhost",
      "shop.test.evil.example",
    ])
      assert.equal(await ask(entry, host), 403, host);
  });

  it("is not told one name and then another", async () => {
    const own = "Host: 127.0.0.1\r\n";
    const foreign = "Host: evil.example\r\n";
    for (const head of [
      `GET / HTTP/1.1\r\n${own}${foreign}`,
      `GET / HTTP/1.1\r\n${foreign}${own}`,
      `GET http://evil.example/ HTTP/1.1\r\n${own}`,
      `GET / HTTP/1.1\nhost: evil.example\r\n${own}`,
      "GET / HTTP/1.1\r\nAccept: */*\r\n",
    ])
      assert.match(
        await say(entry, `${head}\r\n`),
        /^HTTP\/1\.1 403 Forbidden\r\n.*Nothing here answers under that name/s,
      );
  });

  it("hangs up at once on what is no request, or one without an end", async () => {
    const began = Date.now();
    assert.match(await say(entry, "\u0016\u0003\u0001"), /403/);
    assert.match(await say(entry, `GET / HTTP/1.1\r\nx: ${"x".repeat(20_000)}`), /403/);
    assert.ok(Date.now() - began < 5000);
  });

  it("waits half a minute at most for a request", async () => {
    const silent = new Socket();
    const admitted = isAdmitted(silent, []);
    assert.equal(silent.timeout, 30_000);
    silent.emit("timeout");
    assert.equal(await admitted, false);
  });

  it("carries HTTP/2, which no browser speaks to an address without TLS", async () => {
    const modern = createHttp2Server((_, response) => response.end("hi"));
    const from = await freePort();
    const other = start(`http:${from}=127.0.0.1:${await listen(modern)}`);
    await once(other.stdout, "data");
    const session = connectHttp2(`http://127.0.0.1:${from}`);
    const answer = await text(session.request({ ":path": "/" })).catch(String);
    session.destroy();
    modern.close();
    assert.equal(answer, "hi");
  });

  it("loses nobody who comes while it starts, and is gone as a whole when it is killed", async () => {
    const from = await freePort();
    const other = start(`${from}=127.0.0.1:${(target.address() as AddressInfo).port}`);
    const results = new Set<string>();
    const attempt = async () => ask(from).then(String, (error: NodeJS.ErrnoException) => error.code ?? error.message);
    for (let last = ""; last !== "200"; results.add(last)) last = await attempt();
    for (let tries = 0; tries < 50; tries++) results.add(await attempt());
    assert.deepEqual([...results], ["ECONNREFUSED", "200"]);
    other.kill("SIGKILL");
    while ((await attempt()) !== "ECONNREFUSED") await sleep(20);
  });

  it("ends when what carries for it has ended, so that both are started again", async () => {
    const other = start(`${await freePort()}=127.0.0.1:1`);
    await once(other.stdout, "data");
    const [carrier] = (readProc(other.pid ?? 0, `task/${other.pid}/children`) ?? "").split(" ");
    process.kill(Number(carrier), "SIGKILL");
    assert.deepEqual(await once(other, "exit"), [1, null]);
  });

  it("ends a connection whose target is gone, and goes on", async () => {
    const gone = createServer();
    const [from, to] = [await freePort(), await listen(gone)];
    await new Promise((resolve) => gone.close(resolve));
    const lonely = start(`${from}=127.0.0.1:${to}`);
    await once(lonely.stdout, "data");
    await assert.rejects(ask(from), /hang up|ECONNRESET/);
    await sleep(500);
    assert.equal(lonely.exitCode, null);
  });
});
