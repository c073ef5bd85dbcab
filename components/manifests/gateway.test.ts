import assert from "node:assert/strict";
import { serviceAt, shopPlan } from "../../test/shop.ts";
import type { EntryPlan } from "../../model/plan/edges/entry.ts";
import type { EntryConnection } from "../platform.ts";
import { signedInName } from "./signed-in.ts";
import { gateway, httpRoute, limits, limitSettings, withoutIdentity } from "./gateway.ts";

const plan = shopPlan().entry as EntryPlan;
const owner = serviceAt("gateway");
const FILTERS = {
  identity: "identity",
  rate: "rate",
  body: "body",
  inflight: "inflight",
  signedIn: signedInName,
};

describe("gateway", () => {
  it("listens once, for routes of its own namespace", () => {
    const entry = { gatewayClass: "traefik", port: 8000, ownHost: null } as unknown as EntryConnection;
    assert.deepEqual(gateway(owner, entry).spec, {
      gatewayClassName: "traefik",
      listeners: [{ name: "http", protocol: "HTTP", port: 8000, allowedRoutes: { namespaces: { from: "Same" } } }],
    });
  });

  it("listens under the system's own name too where others answer at the same address", () => {
    const entry = { gatewayClass: "traefik", port: 8000, ownHost: "shop.localhost" } as unknown as EntryConnection;
    const { listeners } = gateway(owner, entry).spec as { listeners: { hostname?: string; port: number }[] };
    assert.deepEqual(
      listeners.map(({ hostname, port }) => [hostname, port]),
      [
        [undefined, 8000],
        ["shop.localhost", 8000],
      ],
    );
  });

  it("passes each public path through every limit to its service", () => {
    const { rules } = httpRoute(owner, { host: null, routes: plan.routes, open: null }, "door", FILTERS).spec as {
      rules: Record<string, unknown>[];
    };
    assert.deepEqual(
      rules.map((rule) => rule["matches"]),
      [
        [{ path: { type: "PathPrefix", value: "/orders/report" }, method: "GET" }],
        [{ path: { type: "PathPrefix", value: "/orders" } }],
      ],
    );
    for (const rule of rules) {
      assert.equal(rule["timeouts"], undefined); // which this gateway would not keep
      const name = "shop-order-8080-balanced@kubernetescrd";
      assert.deepEqual(rule["backendRefs"], [
        { group: "traefik.io", kind: "TraefikService", name, port: 8080, weight: 1 },
      ]);
      assert.deepEqual(
        (rule["filters"] as { extensionRef: { name: string } }[]).map(({ extensionRef }) => extensionRef.name),
        ["identity", "rate", "body", "inflight"],
      );
    }
  });

  it("keep closed what is for the platform alone where the public sees a program's root", () => {
    const [route] = plan.routes;
    assert.ok(route);
    const root = { ...route, path: "/", closed: ["/metrics", "/actuator"] };
    const { rules } = httpRoute(owner, { host: null, routes: [root], open: null }, "door", FILTERS).spec as {
      rules: { matches: { path: { value: string } }[]; filters: { urlRewrite?: object }[] }[];
    };
    assert.deepEqual(
      rules.map(({ matches }) => matches.map(({ path }) => path.value)),
      [["/metrics", "/actuator"], ["/"]],
    );
    assert.deepEqual(
      rules[0]?.filters.map(({ urlRewrite }) => urlRewrite),
      [
        { path: { type: "ReplaceFullPath", replaceFullPath: "/closed-to-the-public" } },
        undefined,
        undefined,
        undefined,
        undefined,
      ],
    );
  });

  it("reads nothing to its end that streams: gRPC, and answers that stay open", () => {
    const [route] = plan.routes;
    assert.ok(route);
    for (const streaming of [{ protocol: "grpc" as const }, { timeoutMs: null }]) {
      const { rules } = httpRoute(
        owner,
        { host: null, routes: [{ ...route, ...streaming }], open: null },
        "door",
        FILTERS,
      ).spec as {
        rules: { filters: { extensionRef: { name: string } }[] }[];
      };
      assert.deepEqual(
        rules[0]?.filters.map(({ extensionRef }) => extensionRef.name),
        ["identity", "rate", "inflight"],
      );
    }
  });

  it("takes from every request, first of all, what only the inside may say of its caller, however it is spelled", () => {
    const { headers } = withoutIdentity(owner).spec as { headers: { customRequestHeaders: Record<string, string> } };
    const { customRequestHeaders: emptied } = headers;
    for (const name of ["x-user", "x-user-id", "x_user_id", "x-user_id", "x-forwarded-client-cert", "remote_user"])
      assert.equal(emptied[name], "", name);
    assert.equal(emptied["authorization"], undefined);
    assert.deepEqual([...new Set(Object.values(emptied))], [""]);
  });

  it("limits requests a second, size and simultaneous requests of one client", () => {
    const { rate, body, inflight } = limits(owner, plan, { proxies: 1, gateways: 1 });
    assert.equal((rate.spec as { rateLimit: { average: number } }).rateLimit.average, 20);
    assert.equal((body.spec as { buffering: { maxRequestBodyBytes: number } }).buffering.maxRequestBodyBytes, 65_536);
    assert.equal((inflight.spec as { inFlightReq: { amount: number } }).inFlightReq.amount, 60);
  });

  it("holds a client to the same when his requests are shared among several gateways, none of which knows the others", () => {
    const { rate, inflight } = limits(owner, plan, { proxies: 1, gateways: 3 });
    const { average, period, burst } = (rate.spec as { rateLimit: { average: number; period: string; burst: number } })
      .rateLimit;
    assert.deepEqual([average, period, burst], [20, "3s", 14]);
    assert.equal((inflight.spec as { inFlightReq: { amount: number } }).inFlightReq.amount, 20);
  });

  it("counts by the client's address, also behind a load balancer", () => {
    const criterion = { ipStrategy: { depth: 1 } };
    assert.deepEqual(
      (limits(owner, plan, { proxies: 1, gateways: 1 }).rate.spec as { rateLimit: { sourceCriterion: object } })
        .rateLimit.sourceCriterion,
      criterion,
    );
  });

  it("says the same limits as plain settings", () => {
    assert.deepEqual(limitSettings(plan), {
      RATE_LIMIT_RPS: "20",
      RATE_LIMIT_BURST: "40",
      RATE_LIMIT_KEY: "client",
      MAX_BODY_BYTES: "65536",
    });
  });
});
