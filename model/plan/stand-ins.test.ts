import assert from "node:assert/strict";
import { registered } from "../../test/golden.ts";
import { mandatoryFindings } from "../../test/judged.ts";
import { checkSystem } from "../check.ts";
import { planSystem } from "../plan.ts";
import type { Stage } from "../stage.ts";
import type { System } from "../system.ts";
import type { Service } from "../words/service.ts";
import { fact } from "../words/value.ts";

const digest = `sha256:${"0".repeat(64)}`;
const stripe = { host: "api.stripe.com", reason: "takes the money", onFailure: "reject" } as const;
const part: Service = {
  purpose: "a test",
  tier: "standard",
  from: { image: `example.com/part:1@${digest}` },
  answers: { http: { protocol: "http", listens: 8000 } },
  health: { ready: "/ready", alive: "/alive" },
  slo: { declined: "a test" },
  reads: { PAY_URL: fact("outside/stripe", "url"), PAY: fact("outside/stripe", "address") },
};
const onDev = { from: { image: "stripe/stripe-mock:v0.195.0" }, run: ["stripe-mock"], listens: 12_111 };
const shop: System = {
  name: "shop",
  purpose: "a test",
  owner: "team",
  services: {
    orders: { ...part, routes: [{ path: "/orders", access: "anyone" }], outside: { stripe: { ...stripe, onDev } } },
    refunds: { ...part, routes: [{ path: "/refunds", access: "anyone" }], outside: { stripe } },
  },
  entry: { rateLimit: { perSecond: 1, burst: 1 }, maxBody: "1Ki" },
};
const planOf = (stage: Stage) => {
  const { workloads } = planSystem(shop, stage);
  return {
    names: workloads.map(({ name }) => name),
    ...Object.fromEntries(workloads.map((workload) => [workload.name, workload])),
  } as { names: string[] } & Record<string, (typeof workloads)[number]>;
};

describe("what stands in for a third party", function () {
  this.timeout(60_000);

  it("is a service on dev that says what it is, and nothing on prod, where a moving tag of it is no fault", () => {
    assert.deepEqual(checkSystem(shop), []);
    const { names, "stripe-stand-in": standIn } = planOf("dev");
    assert.deepEqual(names, ["orders", "refunds", "stripe-stand-in"]);
    assert.match(standIn?.purpose ?? "", /^Stands in for api\.stripe\.com on dev/);
    assert.deepEqual(standIn?.run, ["stripe-mock"]);
    assert.deepEqual(planOf("prod").names, ["orders", "refunds"]);
  });

  it("is what everybody on dev is told who asks that third party, and nobody on prod", () => {
    for (const name of ["orders", "refunds"]) {
      assert.deepEqual(planOf("dev")[name]?.settings, {
        PAY_URL: "http://stripe-stand-in:12111",
        PAY: "stripe-stand-in:12111",
      });
      assert.deepEqual(planOf("prod")[name]?.settings, {
        PAY_URL: "https://api.stripe.com",
        PAY: "api.stripe.com:443",
      });
    }
  });

  it("is reached by those alone, and they reach nothing outside", () => {
    const { orders, refunds, "stripe-stand-in": standIn } = planOf("dev");
    assert.deepEqual(orders?.network.callees, [{ port: 12_111, services: ["stripe-stand-in"] }]);
    assert.deepEqual(refunds?.network.callees, orders?.network.callees);
    assert.deepEqual(standIn?.network.callers, [{ port: 12_111, services: ["orders", "refunds"] }]);
    assert.deepEqual(planOf("prod")["orders"]?.network.callees, []);
  });

  it("leaves no way to the internet open on dev, and the declared one on prod; no mandatory rule refuses either", async () => {
    const world = async (stage: Stage) => {
      const all = await registered({ system: shop, stage });
      assert.deepEqual(mandatoryFindings(all, stage), []);
      const rules = all.filter(({ type, name }) => /NetworkPolicy$/.test(type) && name.startsWith("shop-orders"));
      return JSON.stringify(rules);
    };
    assert.doesNotMatch(await world("dev"), /ipBlock|domainNames/);
    assert.match(await world("prod"), /"domainNames":\["api\.stripe\.com"\]/);
  });
});
