import assert from "node:assert/strict";
import type { Phase } from "../http/health.ts";
import { createLog } from "../process/log.ts";
import { readVerifierSettings } from "./settings.ts";
import { TokenRefused } from "./token.ts";
import { verifierApp } from "./verifier.ts";

const log = createLog({ service: "test", version: "0", logLevel: "silent" });

describe("the verifier that a gateway asks", () => {
  const phase: Phase = { current: "serving" };
  const verify = async (authorization: string | undefined) => {
    if (authorization === undefined) throw new TokenRefused("missing", "no token was sent");
    if (authorization === "Bearer lost") throw new Error("a fault of ours");
    return { subject: "kim", scopes: ["read"] };
  };
  const app = verifierApp(verify, { version: "v1", pod: "pod-1" }, phase, log);
  after(() => app.close());
  const ask = (query: string, authorization?: string) =>
    app.inject({ url: `/check${query}`, headers: authorization === undefined ? {} : { authorization } });

  it("says to the gateway who the caller is, and nothing else", async () => {
    const { statusCode, headers, body } = await ask("?scope=read", "Bearer good");
    assert.deepEqual(
      [statusCode, headers["x-slipway-subject"], headers["x-slipway-scopes"], body],
      [200, "kim", "read", ""],
    );
    assert.equal((await ask("", "Bearer good")).statusCode, 200);
  });

  it("answers for the program what the client has to do, as a problem", async () => {
    const { statusCode, headers, body } = await ask("?scope=read&scope=write", "Bearer good");
    assert.equal(statusCode, 403);
    assert.match(String(headers["content-type"]), /^application\/problem\+json/);
    const { correlationId, ...problem } = JSON.parse(body) as Record<string, unknown>;
    assert.equal(correlationId, headers["x-correlation-id"]);
    assert.deepEqual(problem, {
      ...{ type: "about:blank", title: "Forbidden", status: 403, error: "forbidden" },
      detail: "The token has not all of the scopes: read write",
    });
    const unsigned = await ask("?scope=read");
    assert.deepEqual([unsigned.statusCode, unsigned.headers["www-authenticate"]], [401, "Bearer"]);
  });

  it("lets nobody pass when it fails itself", async () => {
    const { statusCode, headers } = await ask("", "Bearer lost");
    assert.deepEqual([statusCode, headers["retry-after"], headers["x-slipway-subject"]], [503, "5", undefined]);
  });

  it("is asked about its health without a token", async () => {
    assert.equal((await app.inject({ url: "/healthz/ready" })).statusCode, 200);
  });

  it("does not start without knowing whom to believe, and says all that it misses", () => {
    assert.deepEqual(readVerifierSettings({ SIGN_IN_JWKS_URL: "keys" }).faults, [
      'SIGN_IN_JWKS_URL: found "keys", wanted an http or https address',
      "SIGN_IN_ISSUER: found nothing, wanted a value",
      "SIGN_IN_AUDIENCE: found nothing, wanted a value",
    ]);
  });

  it("takes keys that nobody shows from its settings, and no set without a key", () => {
    const whom = { SIGN_IN_ISSUER: "https://id.example.com", SIGN_IN_AUDIENCE: "shop" };
    const keys = { keys: [{ kty: "EC", crv: "P-256", x: "x", y: "y" }] };
    const { settings, faults } = readVerifierSettings({ ...whom, SIGN_IN_JWKS: JSON.stringify(keys) });
    assert.deepEqual([settings.rules.keys, faults], [keys, []]);
    for (const none of ["no JSON", '{"keys":[]}', "{}", "null"])
      assert.match(
        readVerifierSettings({ ...whom, SIGN_IN_JWKS: none }).faults.join(),
        /^SIGN_IN_JWKS: wanted a JSON Web Key Set/,
      );
  });
});
