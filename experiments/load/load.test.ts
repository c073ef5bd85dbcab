import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { figuresOf } from "../measure.ts";
import { type Fault, KnownServer } from "../testing/known-server.ts";
import type { LoadPlan, LoadRequest } from "./plan.ts";
import { startLoad } from "./start-load.ts";

const READ: LoadRequest = { method: "GET", path: "/", body: null, answers: [200], mayRefuse: false, key: null };
const WRITE: LoadRequest = { ...READ, method: "POST", body: { qty: 1 }, answers: [201], key: "orderId" };

describe("the load", function () {
  this.timeout(20_000);
  const server = new KnownServer();
  let plan: LoadPlan;

  before(async () => {
    const entry = await server.start();
    plan = { entry, perSecond: 100, requests: [READ], timeoutMs: 1000, closingPercent: 50, mostSeconds: 10 };
  });
  afterEach(() => void (server.fault = {}));
  after(() => server.stop());

  it("is sent as often as planned, whatever the answers take", async () => {
    server.fault = { delayMs: 300 };
    const load = await startLoad(plan);
    await sleep(2000);
    await load.stop();
    assert.ok(Math.abs(load.rows.length - load.state.elapsedSeconds * 100) <= 3, `${load.rows.length}`);
    assert.equal(load.state.sent, load.rows.length);
    const { shortestMs = 0, p50Ms = 0 } = figuresOf(load.rows) ?? {};
    assert.ok(shortestMs >= 295 && p50Ms < 400, `${shortestMs} ${p50Ms}`);
  });

  it("counts the waiting of requests that were due while the server stood still", async () => {
    const load = await startLoad({ ...plan, closingPercent: 0 });
    await sleep(500);
    const [from, until] = [load.now(), performance.now() + 500];
    while (performance.now() < until); // the server is of this thread, the generator is not
    await sleep(500);
    await load.stop();
    const waiting = load.rows.filter(({ at }) => at > from + 20 && at < from + 480);
    assert.ok(waiting.length > 40, `${waiting.length} were sent meanwhile`);
    for (const { at, ms } of waiting)
      assert.ok(at + ms > from + 450, `due at ${at - from} ms, answered after ${ms} ms`);
  });

  it("ends by itself, whatever becomes of who began it", async () => {
    const load = await startLoad({ ...plan, mostSeconds: 1 });
    await sleep(1800);
    const before = load.rows.length;
    await sleep(500);
    assert.equal(load.rows.length, before);
    await load.stop();
  });

  const met: readonly [what: string, fault: Fault, request: LoadRequest, outcome: string][] = [
    ["an answer", {}, READ, "ok"],
    ["an acknowledged write", {}, WRITE, "ok"],
    ["an error of the server", { status: 500 }, READ, "server error"],
    ["a mistake of ours", { status: 404 }, READ, "client error"],
    ["the limit of the entry", { status: 429 }, READ, "limited"],
    ["a closed connection", { reset: true }, READ, "reset"],
    ["an answer that comes too late", { delayMs: 1500 }, READ, "timeout"],
    ["an answer that is cut off", { body: '{"orderId": "1' }, READ, "wrong answer"],
    ["a write without its name", { body: "{}" }, WRITE, "wrong answer"],
    ["a refusal without a time", { status: 503 }, { ...WRITE, mayRefuse: true }, "server error"],
    ["a polite refusal", { status: 503, headers: { "retry-after": "1" } }, { ...WRITE, mayRefuse: true }, "ok"],
    [
      "a polite refusal of what may not be refused",
      { status: 503, headers: { "retry-after": "1" } },
      WRITE,
      "server error",
    ],
  ];
  for (const [what, fault, request, outcome] of met)
    it(`tells ${what} as "${outcome}"`, async () => {
      server.fault = fault;
      const load = await startLoad({ ...plan, requests: [request], perSecond: 20 });
      await sleep(300);
      await load.stop();
      assert.deepEqual([...new Set(load.rows.map((row) => row.outcome))], [outcome]);
      assert.ok(load.rows.every(({ key, status }) => (key !== "") === (outcome === "ok" && status === 201)));
    });

  it('tells a server that is not there as "refused"', async () => {
    const load = await startLoad({ ...plan, entry: "http://127.0.0.1:9" });
    await sleep(200);
    await load.stop();
    assert.deepEqual([...new Set(load.rows.map((row) => row.outcome))], ["refused"]);
  });
});
