import assert from "node:assert/strict";
import type { System } from "../../system.ts";
import { contractName } from "./contract-name.ts";
import { planContracts } from "./contracts.ts";

const event = (properties: Record<string, object>) => ({ data: { properties }, undoneBy: { declined: "test" } });
const contract = {
  request: { properties: { orderId: { type: "string" } } },
  response: { properties: { paymentId: { type: "string" } } },
};
const call = { reason: "test", onFailure: "reject", transactional: true } as const;
const service = { purpose: "test", tier: "standard", slo: { declined: "test" } } as const;

const shop = (changes: Partial<System> = {}): System => ({
  name: "shop",
  purpose: "test",
  owner: "team",
  correlationKey: "orderId",
  events: { Placed: event({ orderId: { type: "string" } }) },
  services: {
    order: { ...service, calls: { payment: { ...call, contract } }, publishes: ["Placed"] },
    payment: { ...service, consumes: ["Placed"] },
  },
  entry: { rateLimit: { perSecond: 1, burst: 1 }, maxBody: "1Ki" },
  ...changes,
});

describe("contracts", () => {
  it("are the same on both ends of a call and of an event", () => {
    const [order, payment] = [planContracts(shop(), "order"), planContracts(shop(), "payment")];
    assert.deepEqual(
      [...order.relies, ...payment.relies].toSorted(),
      [...order.provides, ...payment.provides].toSorted(),
    );
    assert.match(order.relies[0] ?? "", /^payment@[0-9a-f]{8}$/);
  });

  it("have another version as soon as a field changes, and the same when fields are only moved", () => {
    const before = contractName("Placed", { properties: { a: { type: "string" }, b: { type: "integer" } } });
    assert.equal(contractName("Placed", { properties: { b: { type: "integer" }, a: { type: "string" } } }), before);
    assert.notEqual(contractName("Placed", { properties: { a: { type: "string" }, b: { type: "number" } } }), before);
  });

  it("are missing for a call that names none", () => {
    const services = { ...shop().services, order: { ...service, calls: { payment: call }, publishes: ["Placed"] } };
    assert.deepEqual(planContracts(shop({ services }), "order").relies, []);
  });
});
