import assert from "node:assert/strict";
import { shop } from "../../test/shop.ts";
import type { System } from "../../model/system.ts";
import type { Service } from "../../model/words/service.ts";
import { UserError } from "../terminal/user-error.ts";
import { claimsOf } from "./claims-of.ts";

const order = {
  ...shop.services.order,
  routes: [
    { path: "/orders", access: { signedIn: ["orders:write"] } },
    { path: "GET /orders", access: { signedIn: ["read"] } },
  ],
} as Service;
const guarded: System = { ...shop, services: { ...shop.services, order }, signIn: { audience: "the-shop" } };
const typed = (change: object = {}) => ({ subject: "alice", scope: "", life: "10m", ...change });
const refusal = (system: System, change: object = {}): string => {
  try {
    claimsOf(system, typed(change));
  } catch (error) {
    assert.ok(error instanceof UserError);
    assert.equal(error.exitCode, 2);
    return error.message;
  }
  return "";
};

describe("slipway token", () => {
  it("signs for the audience of the system what was asked for, each scope once", () => {
    assert.deepEqual(claimsOf(guarded, typed({ scope: "read orders:write read", life: "1h" })), {
      audience: "the-shop",
      subject: "alice",
      scopes: ["read", "orders:write"],
      seconds: 3600,
    });
    assert.deepEqual(claimsOf(guarded, typed()).scopes, []);
  });

  it("says all that is wrong at once, with what is allowed", () => {
    const said = refusal(guarded, { subject: "al ice", scope: "raed", life: "2h" });
    assert.match(said, /--subject found "al ice", wanted a name without spaces/);
    assert.match(
      said,
      /--scope found "raed" \(did you mean "read"\?\), which no route of shop asks for; wanted some of: orders:write, read/,
    );
    assert.match(said, /--for found "2h", wanted a time from 1s to 1h/);
    assert.match(refusal(guarded, { life: "soon" }), /--for found "soon"/);
  });

  it("signs nothing for a system that is open, or that has an issuer of its own, and says where to go", () => {
    assert.match(refusal(shop), /shop asks nobody who he is, so no token is needed/);
    const own = { ...guarded, signIn: { audience: "shop", issuer: { service: "card-check", keys: "/keys" } } };
    assert.match(refusal(own), /signed by its own service "card-check", and it believes no other/);
  });
});
