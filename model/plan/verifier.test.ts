import assert from "node:assert/strict";
import { shop } from "../../test/shop.ts";
import { checkSystem } from "../check.ts";
import { planSystem } from "../plan.ts";
import type { System } from "../system.ts";
import type { OwnIssuer } from "../words/access.ts";
import type { Service } from "../words/service.ts";

const order = { ...shop.services.order, routes: [{ path: "/orders", access: { signedIn: ["read"] } }] } as Service;
const guarded = (issuer?: OwnIssuer): System => ({
  ...shop,
  services: { ...shop.services, order },
  signIn: { audience: "the-shop", ...(issuer === undefined ? {} : { issuer }) },
});
const own = { service: "card-check", keys: "/keys" } as const;
const programOf = (system: System, name = "verifier") =>
  planSystem(system, "prod").workloads.find((workload) => workload.name === name);

describe("the program that the entry asks about tokens", () => {
  it("is there where a route asks who its caller is, and nowhere else", () => {
    assert.equal(programOf(guarded())?.purpose, "Says to the entry who a caller is, and whether the route is for them");
    assert.equal(programOf(shop), undefined);
  });

  it("is as critical as what is behind it, and its promise is counted and watched like any other", () => {
    const plan = planSystem(guarded(own), "prod");
    const verifier = programOf(guarded(own));
    assert.deepEqual([verifier?.tier, verifier?.scale.min, verifier?.measured], ["critical", 3, { by: "kit" }]);
    assert.ok(plan.objectives.some(({ service, objective }) => service === "verifier" && objective !== null));
  });

  it("is asked by the entry alone, and asks for the keys of the service that signs, which lets it in", () => {
    const network = programOf(guarded(own))?.network;
    assert.deepEqual(network, {
      callers: [],
      callees: [{ port: 8080, services: ["card-check"] }],
      fromEntry: [8080],
      toKafka: false,
    });
    assert.deepEqual(programOf(guarded(own), "card-check")?.network.callers, [
      { port: 8080, services: ["order", "verifier"] },
    ]);
    assert.deepEqual(programOf(guarded())?.network.callees, []);
  });

  it("believes the issuer by the name that it has, or by the public address of the system", () => {
    const named = programOf(guarded({ ...own, name: "the-shop/id" }));
    assert.equal(named?.settings["SIGN_IN_ISSUER"], "the-shop/id");
    assert.equal(named.settings["SIGN_IN_AUDIENCE"], "the-shop");
    assert.equal(named.settings["SIGN_IN_JWKS_URL"], "http://card-check:8080/keys");
    assert.deepEqual(programOf(guarded(own))?.composed["SIGN_IN_ISSUER"], [{ place: "publicUrl" }]);
  });

  it("has its name to itself", () => {
    const taken = { ...guarded(), services: { ...guarded().services, verifier: shop.services["card-check"] } };
    const [fault] = checkSystem(taken).filter(({ kind }) => kind === "service-name-taken");
    assert.match(fault?.found ?? "", /"verifier", which is the program that its entry asks/);
  });
});
