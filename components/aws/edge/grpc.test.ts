import assert from "node:assert/strict";
import { defineSystem } from "../../../model/system.ts";
import { registered } from "../../../test/golden.ts";
import { mandatoryFindings } from "../../../test/judged.ts";

const prices = defineSystem({
  name: "prices",
  purpose: "Knows prices",
  owner: "price-team",
  entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },
  services: {
    prices: {
      purpose: "Answers what things cost",
      tier: "standard",
      from: { image: `registry.example.com/prices@sha256:${"0".repeat(64)}` },
      answers: { grpc: { protocol: "grpc", listens: 50_051 } },
      health: "grpc",
      slo: { declined: "an example" },
      routes: [{ path: "/shop.Prices", access: "anyone" }],
    },
  },
});

describe("gRPC from the internet", function () {
  this.timeout(30_000);

  it("reaches the pods by HTTP/2, which alone brings its trailers, before the rule of everything else is asked", async () => {
    const all = await registered({ system: prices, stage: "prod" });
    const of = (type: string) => all.filter((one) => one.type === type).map(({ inputs }) => inputs as Inputs);
    assert.deepEqual(
      of("aws:lb/targetGroup:TargetGroup").map(({ protocolVersion = "HTTP1" }) => protocolVersion),
      ["HTTP1", "HTTP2"],
    );
    const [other, grpc] = of("aws:lb/listenerRule:ListenerRule");
    assert.ok(other && grpc && grpc.priority < other.priority && grpc.priority > 0);
    assert.deepEqual(grpc.conditions.at(-1), {
      httpHeader: { httpHeaderName: "content-type", values: ["application/grpc*"] },
    });
    assert.deepEqual(mandatoryFindings(all, "prod"), []);
  });
});

interface Inputs {
  readonly protocolVersion?: string;
  readonly priority: number;
  readonly conditions: readonly object[];
}
