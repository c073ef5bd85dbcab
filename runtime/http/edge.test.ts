import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { CalleeUnavailable, createCall, tryLater } from "./edge.ts";
import { continueCorrelation, withCorrelation } from "../process/correlation.ts";
import { createLog } from "../process/log.ts";
import type { EdgeSettings } from "../process/settings.ts";

const log = createLog({ service: "test", version: "0", logLevel: "error" });

describe("a call over an edge", () => {
  let server: Server;
  let received = 0;
  let delayMs = 0;
  let status = 200;
  let dropNext = false;
  let headers: NodeJS.Dict<string | string[]> = {};
  before((done) => {
    server = createServer((request, response) => {
      received += 1;
      headers = request.headers;
      if (dropNext) {
        dropNext = false;
        request.socket.destroy();
        return;
      }
      setTimeout(
        () => response.writeHead(status, { "content-type": "application/json" }).end('{"fine":true}'),
        delayMs,
      );
    }).listen(0, "127.0.0.1", done);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    received = 0;
    delayMs = 0;
    status = 200;
  });

  const edge = (change: Partial<EdgeSettings> = {}): EdgeSettings => ({
    callee: "callee",
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    timeoutMs: 5000,
    breakerErrorPercent: 50,
    breakerOpenMs: 1000,
    breakerMinCalls: 3,
    maxConcurrent: 2,
    fallback: "reject",
    ...change,
  });
  const failure = async (call: Promise<unknown>) =>
    call.then(
      () => "no failure",
      (error: unknown) => (error instanceof CalleeUnavailable ? error.outcome : String(error)),
    );

  it("gives the answer and carries the correlation along", async () => {
    const trace = continueCorrelation({ correlationId: "abc" });
    const answer = await withCorrelation(trace, () =>
      createCall(edge(), log)({ method: "POST", path: "/x", body: {} }),
    );
    assert.deepEqual(answer, { status: 200, body: { fine: true } });
    assert.equal(headers["x-correlation-id"], "abc");
    assert.equal(headers["traceparent"], trace.traceparent);
  });

  it("hands a refusal of the callee to the caller, as it is no failure", async () => {
    status = 402;
    assert.equal((await createCall(edge(), log)({ method: "GET", path: "/" })).status, 402);
  });

  it("ends at the time-out, opens the circuit after enough failures, and then asks the callee no more", async () => {
    delayMs = 1500;
    const call = createCall(edge({ timeoutMs: 100, breakerOpenMs: 10_000 }), log);
    const begun = Date.now();
    assert.equal(await failure(call({ method: "GET", path: "/" })), "timeout");
    assert.ok(Date.now() - begun < 1400);
    await failure(call({ method: "GET", path: "/" }));
    await failure(call({ method: "GET", path: "/" }));
    const asked = received;
    assert.equal(await failure(call({ method: "GET", path: "/" })), "circuit_open");
    assert.equal(received, asked);
  });

  it("closes the circuit again when the callee has recovered", async () => {
    status = 500;
    const call = createCall(edge({ breakerOpenMs: 500 }), log);
    for (let attempt = 0; attempt < 3; attempt += 1)
      assert.equal(await failure(call({ method: "GET", path: "/" })), "server_error");
    assert.equal(await failure(call({ method: "GET", path: "/" })), "circuit_open");
    status = 200;
    await sleep(600);
    assert.equal((await call({ method: "GET", path: "/" })).status, 200);
  });

  it("refuses more calls at once than the bulkhead holds, without opening the circuit", async () => {
    delayMs = 50;
    const call = createCall(edge({ breakerMinCalls: 1 }), log);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => failure(call({ method: "GET", path: "/" }))));
    assert.deepEqual(outcomes.toSorted(), [
      "bulkhead_full",
      "bulkhead_full",
      "bulkhead_full",
      "no failure",
      "no failure",
    ]);
    assert.equal(await failure(call({ method: "GET", path: "/" })), "no failure");
  });

  it("tries an idempotent call once more over a new connection", async () => {
    dropNext = true;
    assert.equal(
      (await createCall(edge(), log)({ method: "POST", path: "/", body: {}, idempotent: true })).status,
      200,
    );
    dropNext = true;
    assert.equal(await failure(createCall(edge(), log)({ method: "POST", path: "/", body: {} })), "refused");
  });

  it("answers with a marked default only where the edge says so", async () => {
    status = 500;
    const fallback = { status: 200, body: { degraded: true } };
    assert.deepEqual(
      await createCall(edge({ fallback: "default" }), log)({ method: "GET", path: "/", fallback }),
      fallback,
    );
    assert.equal(await failure(createCall(edge(), log)({ method: "GET", path: "/", fallback })), "server_error");
  });

  it("tells the client to come back when the circuit may be closed", () => {
    const refusal = tryLater(new CalleeUnavailable("callee", "circuit_open"), edge({ breakerOpenMs: 4500 }));
    assert.deepEqual([refusal.status, refusal.retryAfterSeconds], [503, 5]);
  });
});
