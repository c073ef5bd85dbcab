import assert from "node:assert/strict";
import { settingFaults } from "../../../test/aws-account.ts";
import { planSystem, type SystemPlan } from "../../../model/plan.ts";
import type { System } from "../../../model/system.ts";
import type { Service } from "../../../model/words/service.ts";
import type { Store, Use } from "../../../model/words/store.ts";

const part: Service = {
  purpose: "a test",
  tier: "standard",
  from: { image: `example.com/part@sha256:${"0".repeat(64)}` },
  answers: { http: { protocol: "http", listens: 8000 } },
  health: { ready: "/ready", alive: "/alive" },
  slo: { declined: "a test" },
};
const sql = (kind: Store["kind"], database?: string): Store => ({
  kind,
  keeps: "last hour",
  ...(database === undefined ? {} : { database }),
});

function plan(
  name: string,
  { stores = {}, services = { part: {} } }: { stores?: System["stores"]; services?: Record<string, Partial<Service>> },
): SystemPlan {
  const uses: Record<string, Use> = Object.fromEntries(Object.keys(stores).map((store) => [store, { may: "write" }]));
  const parts = Object.entries(services).map(([service, more]) => [service, { ...part, uses, ...more }]);
  const entry = { rateLimit: { perSecond: 1, burst: 1 }, maxBody: "1Ki" };
  return planSystem(
    { name, purpose: "a test", owner: "team", stores, services: Object.fromEntries(parts), entry } as System,
    "prod",
  );
}
const said = (...plans: readonly SystemPlan[]) => settingFaults({}, plans);
const perService = (...plans: readonly SystemPlan[]) => settingFaults({ "slipway:databasePer": "service" }, plans);

describe("names of the systems of a stack on AWS", () => {
  const goods = { goods: sql("postgres") };

  it("are mostly apart, however much of them is alike", () => {
    const stores = { goods: sql("postgres"), bills: sql("mariadb"), cart: sql("redis") };
    assert.equal(said(plan("shop", { stores }), plan("shop-two", { stores })), "");
  });

  it("are refused where two servers would be one, naming both", () => {
    const faults = said(plan("shop", { stores: goods }), plan("shop-postgres", { stores: { bills: sql("mariadb") } }));
    assert.match(
      faults,
      /names of database servers: found "shop-postgres of both PostgreSQL of "shop" with "goods" and MariaDB of "shop-postgres" with "bills"/,
    );
    assert.match(faults, /names of security and subnet groups: found "slipway-shop-postgres of both/);
    const one = plan("shop", { stores: { goods: sql("postgres", "a"), bills: sql("mariadb", "postgres_a") } });
    assert.match(perService(one), /"shop-postgres-a of both MariaDB of "shop" with "bills" and PostgreSQL/);
  });

  it("are refused where two caches, or two of their users, would be one", () => {
    const cart = (name: string) => ({ stores: { [name]: sql("redis") } });
    assert.match(
      said(plan("shop", cart("b-c")), plan("shop-b", cart("c"))),
      /names of caches: found "shop-b-c of both/,
    );
    const uses = (store: string): Partial<Service> => ({ uses: { [store]: { may: "write" } } });
    const users = plan("shop", {
      stores: { cart: sql("redis"), "cart-a": sql("redis") },
      services: { "a-b": uses("cart"), b: uses("cart-a") },
    });
    assert.match(said(users), /names of users of caches: found "shop-cart-a-b of both "a_b" at the cache "cart"/);
  });

  it("are refused where two would be reached, be put or be written to at the same place", () => {
    const front = { services: { part: { routes: [{ path: "/", access: "anyone" as const, host: "admin" }] } } };
    assert.match(
      said(plan("shop", front), plan("admin-shop", {})),
      /hosts: found "admin-shop of both "admin" of "shop"/,
    );
    assert.match(said(plan("shop", {}), plan("shop-gateway", {})), /namespaces: found "shop-gateway of both the entry/);
    const grpc = {
      answers: { rpc: { protocol: "grpc", listens: 1 } },
      routes: [{ path: "/a.B", access: "anyone" }],
    } as const;
    assert.match(
      said(plan("shop", { services: { part: grpc } }), plan("shop-grpc", {})),
      /target groups: found "slipway-shop-grpc of both gRPC at the entry of "shop" and the entry of "shop-grpc"/,
    );
    const topic = { stores: { news: sql("topic", "news") } };
    assert.match(said(plan("shop", topic), plan("bank", topic)), /topics: found "news of both "shop" and "bank"/);
    assert.match(said(plan("shop", { services: { job: {} } })), /image repositories: found "shop\/job of both/);
  });

  it("are refused where AWS would refuse them", () => {
    assert.match(
      perService(plan("shop", { stores: { goods: sql("postgres", "a__b") } })),
      /"shop-postgres-a--b of .*single/,
    );
    assert.match(said(plan("shop", { stores: { "a--b": sql("redis") } })), /names of caches: found "shop-a--b of/);
  });
});
