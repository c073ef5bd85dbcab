import assert from "node:assert/strict";
import Type from "typebox";
import { faultRoutes } from "./faults.ts";
import { healthRoutes, type Phase } from "./health.ts";
import { createHttp } from "./http.ts";
import { createLog } from "../process/log.ts";
import { registry } from "../process/metrics.ts";
import { conflict, unavailable } from "./refusal.ts";

const log = createLog({ service: "test", version: "0", logLevel: "silent" });

describe("the HTTP server", () => {
  const phase: Phase = { current: "serving" };
  const app = createHttp({ version: "v7", pod: "pod-1" }, log, () => phase.current === "stopping");
  healthRoutes(app, phase);
  app.post(
    "/orders",
    { schema: { body: Type.Object({ qty: Type.Integer(), name: Type.String() }, { additionalProperties: false }) } },
    ({ body }) => body,
  );
  app.get("/busy", () => {
    throw unavailable("payment is away", 5);
  });
  app.get("/taken", () => {
    throw conflict("too late");
  });
  app.get("/broken", () => {
    throw new Error("select * from secrets");
  });
  app.get("/no-database", () => {
    throw Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  });
  beforeEach(() => {
    phase.current = "serving";
  });
  after(() => app.close());

  it("says which version and pod answered, and under which correlation id", async () => {
    const { headers } = await app.inject({ url: "/taken", headers: { "x-correlation-id": "mine" } });
    assert.deepEqual([headers["x-version"], headers["x-pod"], headers["x-correlation-id"]], ["v7", "pod-1", "mine"]);
  });

  it("lists all faults of a request", async () => {
    const answer = await app.inject({ method: "POST", url: "/orders", payload: { qty: "1", status: "paid" } });
    assert.equal(answer.statusCode, 400);
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
    const { detail: message, ...problem } = answer.json<{ detail: string; correlationId: string }>();
    assert.deepEqual(problem, {
      ...{ type: "about:blank", title: "Bad Request", status: 400, error: "invalid_request" },
      correlationId: answer.headers["x-correlation-id"],
    });
    assert.match(message, /body\.qty must be integer/);
    assert.match(message, /body must have required properties name/);
    assert.match(message, /\(status\)/);
  });

  it("answers a large mistake in few words", async () => {
    const payload = Object.fromEntries(Array.from({ length: 6000 }, (_, index) => [`k${index}`, 1]));
    const answer = await app.inject({ method: "POST", url: "/orders", payload });
    assert.equal(answer.statusCode, 400);
    assert.ok(answer.body.length < 1000, `${answer.body.length} bytes`);
  });

  it("tells when to try again", async () => {
    const answer = await app.inject({ url: "/busy" });
    assert.deepEqual([answer.statusCode, answer.headers["retry-after"]], [503, "5"]);
    assert.deepEqual([(await app.inject({ url: "/no-database" })).statusCode], [503]);
  });

  it("keeps the inside of our failures to itself", async () => {
    const answer = await app.inject({ url: "/broken" });
    assert.equal(answer.statusCode, 500);
    assert.doesNotMatch(answer.body, /secrets/);
    assert.equal((await app.inject({ url: "/taken" })).json<{ detail: string }>().detail, "too late");
  });

  it("refuses addresses that nobody can read, in the same form", async () => {
    const own = createHttp({ version: "v", pod: "p" }, log, () => false);
    own.get("/things/:id", () => ({}));
    for (const [url, status] of [
      [`/things/${"x".repeat(500)}`, 414],
      ["/things/%ff", 400],
    ] as const) {
      const answer = await own.inject({ url });
      assert.equal(answer.statusCode, status);
      assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
      assert.ok(answer.body.length < 400, answer.body);
    }
  });

  it("refuses bodies beyond the limit", async () => {
    assert.equal(
      (await app.inject({ method: "POST", url: "/orders", payload: { qty: 1, name: "x".repeat(70_000) } })).statusCode,
      413,
    );
  });

  it("is not ready while stopping but still alive, answers, and lets connections go", async () => {
    phase.current = "stopping";
    assert.equal((await app.inject({ url: "/healthz/ready" })).statusCode, 503);
    assert.equal((await app.inject({ url: "/healthz/live" })).statusCode, 200);
    const answer = await app.inject({ url: "/taken" });
    assert.deepEqual([answer.statusCode, answer.headers["connection"]], [409, "close"]);
  });

  it("has started when it serves", async () => {
    assert.equal((await app.inject({ url: "/healthz/started" })).statusCode, 200);
    phase.current = "starting";
    assert.equal((await app.inject({ url: "/healthz/started" })).statusCode, 503);
  });

  it("has no fault switches unless they are enabled", async () => {
    assert.equal((await app.inject({ url: "/faults" })).statusCode, 404);
    assert.equal((await app.inject({ method: "POST", url: "/faults/hang", payload: {} })).statusCode, 404);
  });

  it("counts requests by route pattern and status, probes not", async () => {
    const text = await registry.metrics();
    assert.match(text, /http_requests_total\{method="GET",route="\/taken",status="409"\} \d/);
    assert.match(text, /http_requests_total\{method="GET",route="unmatched",status="404"\} 1/);
    assert.doesNotMatch(text, /healthz/);
    assert.match(text, /http_requests_in_flight 0/);
  });
});

describe("fault switches", () => {
  it("delay and fail business requests while set, never the probes", async () => {
    const app = createHttp({ version: "v", pod: "p" }, log, () => false);
    healthRoutes(app, { current: "serving" });
    faultRoutes(app);
    app.get("/orders", () => []);
    await app.inject({ method: "PUT", url: "/faults", payload: { delayMs: 60, errorRate: 1 } });
    const begun = Date.now();
    assert.equal((await app.inject({ url: "/orders" })).statusCode, 503);
    assert.ok(Date.now() - begun >= 55);
    assert.equal((await app.inject({ url: "/healthz/live" })).statusCode, 200);
    await app.inject({ method: "DELETE", url: "/faults" });
    assert.equal((await app.inject({ url: "/orders" })).statusCode, 200);
    await app.close();
  });
});
