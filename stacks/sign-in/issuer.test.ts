import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SystemPlan, planSystem } from "../../model/plan.ts";
import { assertFixable } from "../../test/setting-fixes.ts";
import { shop } from "../../test/shop.ts";
import { withIssuerOfDev } from "./dev-plans.ts";
import { withIssuerOfSettings } from "./issuer-settings.ts";

const guarded = (stage: "dev" | "prod") => planSystem({ ...shop, signIn: { audience: "shop" } }, stage);
const ownIssuer = planSystem(
  { ...shop, signIn: { audience: "shop", issuer: { service: "card-check", keys: "/keys" } } },
  "prod",
);
const open = planSystem(shop, "prod");
const SETTINGS = {
  "slipway:issuer": "https://id.example.com/shop",
  "slipway:issuerKeys": "https://keys.example.com/jwks",
};
const verifierOf = (plan: SystemPlan | undefined) =>
  plan?.workloads.find(({ name }) => name === "verifier") ?? assert.fail("no verifier");
const messageOf = (plans: readonly SystemPlan[], config: Record<string, string>): string => {
  try {
    withIssuerOfSettings(plans, config, "prod");
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("who signs in the callers of systems without an issuer of their own", () => {
  it("is on prod whom the settings name; their keys are a third party of the program that checks tokens, and of no other", () => {
    const [plan] = withIssuerOfSettings([guarded("prod")], SETTINGS, "prod");
    const { settings, outside } = verifierOf(plan);
    assert.equal(settings["SIGN_IN_ISSUER"], "https://id.example.com/shop");
    assert.equal(settings["SIGN_IN_JWKS_URL"], "https://keys.example.com/jwks");
    assert.deepEqual(
      outside.map(({ host, port }) => [host, port]),
      [["keys.example.com", 443]],
    );
    assert.ok(plan?.workloads.every((workload) => workload.name === "verifier" || workload.outside.length === 0));
  });

  it("has to be named on prod where a system needs it, with all that is wrong at once", () => {
    assert.equal(
      messageOf([open, guarded("prod")], { "slipway:issuer": "http://id.example.com" }),
      [
        "who signs callers in is not known: shop let callers in whom the platform's issuer signed in; nothing was deployed:",
        '  slipway:issuer: found "http://id.example.com", allowed: an https address. Fix: write `slipway:issuer: https://id.example.com` below config in Pulumi.prod.yaml, with your own value',
        "  slipway:issuerKeys: found nothing, allowed: an https address. Fix: write `slipway:issuerKeys: https://id.example.com/.well-known/jwks.json` below config in Pulumi.prod.yaml, with your own value",
      ].join("\n"),
    );
    assert.match(
      messageOf([open], { ...SETTINGS, "slipway:issuerKeys": "keys" }),
      /^who .* known: nothing was deployed:/,
    );
  });

  it("is named once every fix that is named was made", () => {
    const written = { "slipway:issuer": "http://id.example.com" };
    assertFixable(written, (config) => messageOf([guarded("prod")], config));
  });

  it("is asked of nobody where every system has its own, or is open", () => {
    assert.deepEqual(withIssuerOfSettings([open, ownIssuer], {}, "prod"), [open, ownIssuer]);
    assert.deepEqual(withIssuerOfSettings([ownIssuer], SETTINGS, "prod"), [ownIssuer]);
  });

  it("is on dev this machine, whose public keys go into the settings and nothing leaves for them", async () => {
    const before = process.env["XDG_STATE_HOME"];
    const state = mkdtempSync(join(tmpdir(), "slipway-issuer-"));
    process.env["XDG_STATE_HOME"] = state;
    try {
      const [plan] = await withIssuerOfDev([guarded("dev")]);
      const { settings, outside } = verifierOf(plan);
      assert.deepEqual(
        Object.keys(settings)
          .filter((name) => name.startsWith("SIGN_IN_"))
          .toSorted(),
        ["SIGN_IN_AUDIENCE", "SIGN_IN_ISSUER", "SIGN_IN_JWKS"],
      );
      assert.doesNotMatch(JSON.stringify(plan), /"d\\?":/);
      assert.deepEqual(outside, []);
    } finally {
      rmSync(state, { recursive: true });
      if (before === undefined) delete process.env["XDG_STATE_HOME"];
      else process.env["XDG_STATE_HOME"] = before;
    }
  });
});
