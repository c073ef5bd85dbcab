import assert from "node:assert/strict";
import { continueCorrelation, correlationHeaders, withCorrelation } from "./correlation.ts";

const TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

describe("correlation", () => {
  it("keeps the caller's trace and begins a span of its own", () => {
    const { traceparent } = continueCorrelation({ traceparent: TRACE });
    assert.match(traceparent, /^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
    assert.notEqual(traceparent, TRACE);
  });

  it("takes nothing over that could spoil a log line or a header", () => {
    const { correlationId, traceparent } = continueCorrelation({
      correlationId: "a\r\nset-cookie: b",
      traceparent: "nonsense",
    });
    assert.match(correlationId, /^[0-9a-f-]{36}$/);
    assert.match(traceparent, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it("is seen by everything that the work awaits, and by nothing else", async () => {
    const seen = await withCorrelation(continueCorrelation({ correlationId: "c1" }), async () => {
      await Promise.resolve();
      return correlationHeaders();
    });
    assert.equal(seen["x-correlation-id"], "c1");
    assert.deepEqual(correlationHeaders(), {});
  });
});
