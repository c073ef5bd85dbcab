import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { exportJWK, exportSPKI, generateKeyPair, type GenerateKeyPairResult, type JWK, SignJWT } from "jose";
import { admit } from "./admission.ts";
import { TokenRefused, tokenVerifier, type Verify } from "./token.ts";

const ISSUER = "https://id.example.com";
const AUDIENCE = "shop";
const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

interface Key extends GenerateKeyPairResult {
  readonly alg: string;
  readonly kid: string;
}
async function newKey(alg: string, kid: string): Promise<Key> {
  return { alg, kid, ...(await generateKeyPair(alg, { extractable: true })) };
}
async function shown({ publicKey, alg, kid }: Key): Promise<JWK> {
  return { ...(await exportJWK(publicKey)), alg, kid };
}

interface Changes {
  readonly issuer?: string;
  readonly audience?: string;
  /** Seconds from now. */
  readonly ends?: number;
  readonly begins?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
}
function claims({ issuer = ISSUER, audience = AUDIENCE, ends = 600, begins = 0, claims: more = {} }: Changes): object {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer,
    aud: audience,
    sub: "kim",
    iat: now,
    nbf: now + begins,
    exp: now + ends,
    scope: "read",
    ...more,
  };
}
async function sign({ alg, kid, privateKey }: Key, changes: Changes = {}): Promise<string> {
  const token = new SignJWT({ ...claims(changes) }).setProtectedHeader({ alg, kid });
  return `Bearer ${await token.sign(privateKey)}`;
}

describe("the check of a token", () => {
  let server: Server;
  let published: JWK[] = [];
  let asked = 0;
  let fails = false;
  let [rsa, ec, foreign] = [{}, {}, {}] as Key[];
  let verify: Verify;

  before(async () => {
    [rsa, ec, foreign] = [await newKey("RS256", "one"), await newKey("ES256", "two"), await newKey("RS256", "one")];
    server = createServer((_, response) => {
      asked += 1;
      response.writeHead(fails ? 500 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify({ keys: published }));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  });
  after(() => server.close());
  beforeEach(async () => {
    published = [await shown(rsa as Key), await shown(ec as Key)];
    fails = false;
    asked = 0;
    verify = verifier();
  });

  const verifier = (): Verify => {
    const keys = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);
    return tokenVerifier({ issuer: ISSUER, audience: AUDIENCE, keys });
  };
  const refusal = async (authorization: string | undefined): Promise<string> =>
    verify(authorization).then(
      (caller) => assert.fail(`believed ${JSON.stringify(caller)}`),
      (error: unknown) =>
        error instanceof TokenRefused ? `${error.cause}: ${error.message}` : assert.fail(String(error)),
    );

  it("believes what the issuer signed for this audience, with either kind of key, and fetches the keys once", async () => {
    for (const key of [rsa, ec])
      assert.deepEqual(await verify(await sign(key as Key)), { subject: "kim", scopes: ["read"] });
    assert.equal(asked, 1);
  });

  it("knows scopes as one text, as a list, and none", async () => {
    const scopes = async (more: object) =>
      (await verify(await sign(rsa as Key, { claims: { scope: undefined, ...more } }))).scopes;
    assert.deepEqual(await scopes({ scope: "read  write" }), ["read", "write"]);
    assert.deepEqual(await scopes({ scp: ["read", "write"] }), ["read", "write"]);
    assert.deepEqual(await scopes({}), []);
  });

  const broken: readonly (readonly [what: string, token: () => Promise<string | undefined>, why: RegExp])[] = [
    ["no token", async () => undefined, /^missing/],
    ["an empty header", async () => " ", /^missing/],
    ["another way to sign in", async () => "Basic a2ltOmtpbQ==", /^invalid: the header/],
    ["two tokens", async () => `${await sign(rsa as Key)}, ${await sign(rsa as Key)}`, /^invalid: the header/],
    ["garbage", async () => "Bearer abc.def.ghi", /^invalid/],
    ["a token of two parts", async () => (await sign(rsa as Key)).split(".").slice(0, 2).join("."), /^invalid/],
    ["an expired one", () => sign(rsa as Key, { ends: -60 }), /^invalid: it has expired/],
    ["one that is not yet valid", () => sign(rsa as Key, { begins: 60 }), /^invalid: its claim "nbf"/],
    ["one without an end", () => sign(rsa as Key, { claims: { exp: undefined } }), /^invalid: its claim "exp"/],
    ["one that lives for a day", () => sign(rsa as Key, { ends: 86_400 }), /^invalid: it lives 86400 s/],
    ["one without a subject", () => sign(rsa as Key, { claims: { sub: undefined } }), /^invalid: its claim "sub"/],
    [
      "a subject with a line break",
      () => sign(rsa as Key, { claims: { sub: "kim\r\nx-a: b" } }),
      /^invalid: its subject/,
    ],
    ["another issuer", () => sign(rsa as Key, { issuer: "https://evil.example.com" }), /^invalid: its claim "iss"/],
    ["another audience", () => sign(rsa as Key, { audience: "other" }), /^invalid: its claim "aud"/],
    ["the key of somebody else under a known name", () => sign(foreign as Key), /^invalid: it is not signed/],
    ["a key that nobody knows", async () => sign(await newKey("ES256", "three")), /^invalid: it is not signed/],
    ["no signature", async () => `Bearer ${base64({ alg: "none" })}.${base64(claims({}))}.`, /^invalid/],
    ["the public key taken for a shared one", signedWithPublicKey, /^invalid: it is not signed/],
    ["a changed claim", () => withClaim({ sub: "admin" }), /^invalid: it is not signed/],
  ];
  for (const [what, token, why] of broken)
    it(`refuses ${what}`, async () => assert.match(await refusal(await token()), why));

  async function signedWithPublicKey(): Promise<string> {
    const secret = new TextEncoder().encode(await exportSPKI((rsa as Key).publicKey));
    return `Bearer ${await new SignJWT({ ...claims({}) }).setProtectedHeader({ alg: "HS256", kid: "one" }).sign(secret)}`;
  }
  async function withClaim(change: object): Promise<string> {
    const [head, , signature] = (await sign(rsa as Key)).split(".");
    return `${head}.${base64({ ...claims({}), ...change })}.${signature}`;
  }

  it("believes a new key as soon as the issuer shows it, and asks for it once in five seconds at most", async function () {
    this.timeout(20_000);
    await verify(await sign(rsa as Key));
    const next = await newKey("ES256", "next");
    published = [await shown(next)];
    for (let each = 0; each < 20; each += 1) await refusal(await sign(next));
    assert.equal(asked, 1);
    await sleep(5100);
    assert.equal((await verify(await sign(next))).subject, "kim");
    assert.equal(asked, 2);
    assert.match(await refusal(await sign(rsa as Key)), /^invalid/); // the old key is gone with the rotation
  });

  it("lets nobody in while the issuer's keys cannot be had, and everybody again afterwards", async () => {
    fails = true;
    assert.match(await refusal(await sign(rsa as Key)), /^keys/);
    assert.equal((await admit(verify, await sign(rsa as Key), [])).status, 503);
    fails = false;
    assert.equal((await admit(verify, await sign(rsa as Key), [])).status, 200);
  });

  it("goes on with the keys it has when the issuer is away for a while", async () => {
    await verify(await sign(rsa as Key));
    fails = true;
    assert.equal((await verify(await sign(ec as Key))).subject, "kim");
  });

  it("admits only who has all scopes, and says what is missing as clients expect it", async () => {
    const token = await sign(rsa as Key, { claims: { scope: "read write" } });
    const answer = async (authorization: string | undefined, ...wanted: string[]) => {
      const { status, headers, problem } = await admit(verify, authorization, wanted);
      return [status, headers["www-authenticate"], problem?.status];
    };
    assert.deepEqual(await answer(token, "read", "write"), [200, undefined, undefined]);
    assert.deepEqual(await answer(token), [200, undefined, undefined]);
    assert.deepEqual(await answer(token, "read", "admin"), [
      403,
      'Bearer error="insufficient_scope", scope="read admin"',
      403,
    ]);
    assert.deepEqual(await answer(undefined, "read"), [401, "Bearer", 401]);
    assert.deepEqual(await answer("Bearer x.y.z", "read"), [401, 'Bearer error="invalid_token"', 401]);
    assert.deepEqual((await admit(verify, token, ["read"])).headers, {
      "x-slipway-subject": "kim",
      "x-slipway-scopes": "read write",
    });
  });
});
