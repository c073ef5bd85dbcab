import assert from "node:assert/strict";
import { serviceAt, shopPlan } from "../../test/shop.ts";
import type { RoutePlan } from "../../model/plan/edges/entry.ts";
import { backend, balancer, transport } from "./backend.ts";

const owner = serviceAt("gateway");
const route = shopPlan().entry?.routes[0] as RoutePlan;

/** The one Service behind a balancer. */
function behind(change: Partial<RoutePlan>): Record<string, unknown> {
  const { weighted } = balancer(owner, { ...route, ...change }, "waits").spec as { weighted: { services: object[] } };
  return { ...weighted.services[0] };
}

describe("what the gateway leads to", () => {
  it("is given up when it has not answered in its time, and never where it may stay open", () => {
    const waits = (timeoutMs: number | null) =>
      (transport(owner, timeoutMs).spec as { forwardingTimeouts: Record<string, string> }).forwardingTimeouts;
    assert.equal(waits(10_000)["responseHeaderTimeout"], "10000ms");
    assert.equal(waits(null)["responseHeaderTimeout"], undefined);
  });

  it("is sent nothing over a connection that a common server may be closing: gunicorn's end after 2 s, Node's after 5 s", () => {
    const { forwardingTimeouts } = transport(owner, null).spec as { forwardingTimeouts: { idleConnTimeout: string } };
    assert.ok(Number.parseInt(forwardingTimeouts.idleConnTimeout) < 2000);
  });

  it("is asked over its transport, gRPC without TLS, and by the same replica where the description says so", () => {
    assert.deepEqual(behind({}), { kind: "Service", name: "order", port: 8080, serversTransport: "waits" });
    assert.equal(behind({ protocol: "grpc" })["scheme"], "h2c");
    assert.ok(behind({ sticky: "keeps a cart in memory" })["sticky"]);
  });

  it("has a name that Traefik gives to nothing else", () => {
    const { metadata } = balancer(owner, route, "waits") as { metadata: { name?: string } };
    assert.equal(metadata.name, "order-8080-balanced");
    assert.equal((backend(route) as { name: string }).name, `shop-${metadata.name}@kubernetescrd`);
  });
});
