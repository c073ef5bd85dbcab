import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tokenVerifier } from "../../runtime/access/token.ts";
import { DEV_ISSUER, devKeys, signDevToken } from "./dev-issuer.ts";

describe("the issuer of this machine", () => {
  const before = process.env["XDG_STATE_HOME"];
  let file = "";
  beforeEach(() => {
    process.env["XDG_STATE_HOME"] = mkdtempSync(join(tmpdir(), "slipway-issuer-"));
    file = join(process.env["XDG_STATE_HOME"], "slipway/issuer/dev.json");
  });
  afterEach(() => {
    rmSync(process.env["XDG_STATE_HOME"] ?? "", { recursive: true });
    if (before === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = before;
  });

  const claims = { audience: "shop", subject: "alice", scopes: ["read", "orders:write"], seconds: 600 };

  it("signs tokens that whoever has its public keys believes, for their audience alone", async () => {
    const authorization = `Bearer ${await signDevToken(claims)}`;
    const verify = (audience: string, keys: Awaited<ReturnType<typeof devKeys>>) =>
      tokenVerifier({ issuer: DEV_ISSUER, audience, keys })(authorization);
    assert.deepEqual(await verify("shop", await devKeys()), { subject: "alice", scopes: ["read", "orders:write"] });
    await assert.rejects(verify("bank", await devKeys()), /aud/);
  });

  it("makes one key, also for two who ask at once, and shows its public half alone", async () => {
    const [first, second] = await Promise.all([devKeys(), devKeys()]);
    assert.deepEqual(first, second);
    assert.deepEqual(Object.keys(first.keys[0] ?? {}).toSorted(), ["alg", "crv", "kid", "kty", "use", "x", "y"]);
    const secretHalf = (JSON.parse(readFileSync(file, "utf8")) as { d: string }).d;
    assert.doesNotMatch(JSON.stringify(first), new RegExp(secretHalf));
  });

  it("keeps the key for its owner alone", async () => {
    await devKeys();
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(join(file, "..")).mode & 0o777, 0o700);
  });

  it("says what to do with a broken file, and nothing of what is in it", async () => {
    await devKeys();
    writeFileSync(file, '{"d":"hush');
    await assert.rejects(devKeys(), (error: Error) => {
      assert.match(error.message, /dev\.json holds no key any more\nNext: delete it/);
      assert.doesNotMatch(error.message, /hush/);
      return true;
    });
  });
});
