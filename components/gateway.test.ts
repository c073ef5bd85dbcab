import assert from "node:assert/strict";
import { registered } from "../test/golden.ts";
import { mandatoryFindings } from "../test/judged.ts";
import type { Recorded } from "../test/record-resources.ts";
import { shop } from "../test/shop.ts";
import type { Stage } from "../model/stage.ts";
import type { System } from "../model/system.ts";
import type { Service } from "../model/words/service.ts";
import { signedInName } from "./manifests/signed-in.ts";

const order = {
  ...shop.services.order,
  calls: {},
  sticky: "keeps its own baskets",
  routes: [
    { path: "/orders", access: { signedIn: ["read", "orders:write"] } },
    { path: "/bills", access: { signedIn: ["orders:write", "read"] } },
    { path: "GET /mine", access: { signedIn: [] } },
    { path: "/", access: { signedIn: [] }, host: "desk" },
    { path: "GET /prices", access: "anyone" },
  ],
} as Service;
const issuer = { ...shop.services["card-check"], routes: [{ path: "/keys", access: "anyone" }] } as Service;
const system: System = {
  ...shop,
  services: { ...shop.services, order, "card-check": issuer },
  signIn: { audience: "shop", issuer: { service: "card-check", keys: "/keys" } },
};

interface Spec {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly forwardAuth?: Readonly<Record<string, unknown>>;
    readonly rules: readonly {
      readonly matches: readonly { readonly path: { readonly value: string } }[];
      readonly filters: readonly { readonly extensionRef?: { readonly name: string } }[];
    }[];
  };
}
const specs = (all: readonly Recorded[], type: RegExp) =>
  all.filter((one) => type.test(one.type)).map(({ name, inputs }) => ({ name, ...(inputs as Spec) }));

describe("routes for signed-in callers", function () {
  this.timeout(60_000);
  for (const stage of ["dev", "prod"] as Stage[]) {
    let all: Recorded[] = [];
    before(async () => (all = await registered({ system, stage })));
    const routes = () => specs(all, /HTTPRoute$/);
    const askers = () => specs(all, /Middleware$/).filter(({ spec }) => spec.forwardAuth !== undefined);

    it(`ask the verifier, once for each set of scopes, and send it the token alone (${stage})`, () => {
      const both = signedInName(["read", "orders:write"]);
      assert.deepEqual(
        askers()
          .map(({ name }) => name)
          .toSorted(),
        ["shop-gateway-signed-in", `shop-gateway-${both}`],
      );
      for (const { name, spec } of askers())
        assert.deepEqual(spec.forwardAuth, {
          address: `http://verifier.shop.svc:8080/check${name.endsWith(both) ? "?scope=read&scope=orders%3Awrite" : ""}`,
          trustForwardHeader: false,
          authRequestHeaders: ["Authorization"],
          authResponseHeaders: ["x-slipway-subject", "x-slipway-scopes"],
        });
    });

    it(`ask after what the caller says of himself is taken away and counted, by every way to them (${stage})`, () => {
      const asked = routes().flatMap(({ spec }) =>
        spec.rules.map(({ matches, filters }) => {
          const names = filters.flatMap(({ extensionRef }) => extensionRef?.name.replace("shop-gateway-", "") ?? []);
          return [matches.map(({ path }) => path.value).join(" "), names.slice(0, 3).join(" ")] as const;
        }),
      );
      const both = signedInName(["read", "orders:write"]);
      assert.deepEqual(Object.fromEntries(asked), {
        "/healthz /metrics /faults /actuator": "identity rate signed-in",
        "/": "identity rate signed-in",
        "/orders": `identity rate ${both}`,
        "/bills": `identity rate ${both}`,
        "/mine": "identity rate signed-in",
        "/prices": "identity rate body",
        "/keys": "identity rate body",
      });
    });

    it(`find the pods of the verifier by name, so that nobody waits where there is none (${stage})`, () => {
      const [service] = all.filter(({ type, name }) => /:Service$/.test(type) && name === "shop-verifier");
      assert.equal((service?.inputs as { spec: { clusterIP: string } }).spec.clusterIP, "None");
    });

    it(`leave the issuer open, and say why (${stage})`, () => {
      const open = routes().filter(({ metadata }) => metadata.annotations?.["slipway.dev/open"] !== undefined);
      assert.deepEqual(
        open.map(({ name }) => name),
        ["shop-gateway-card-check"],
      );
    });

    it(`let the entry reach the verifier, nobody else, and no mandatory rule refuses any of it (${stage})`, () => {
      assert.deepEqual(mandatoryFindings(all, stage), []);
      const [rules] = all.filter(({ type, name }) => /NetworkPolicy$/.test(type) && name === "shop-verifier");
      const { ingress, egress } = (rules?.inputs as { spec: { ingress: object[]; egress: object[] } }).spec;
      assert.deepEqual([ingress.length, egress.length], [2, 1]);
      assert.match(JSON.stringify(ingress[0]), stage === "dev" ? /"traefik"/ : /"shop-gateway"/);
      assert.match(JSON.stringify(ingress[1]), /"prometheus"/);
      assert.match(JSON.stringify(egress[0]), /"card-check"/);
    });
  }
});
