import assert from "node:assert/strict";
import { createConnection } from "mysql2/promise";
import { NotInstalled } from "../../../runtime/lab/lab.ts";
import { skip } from "../../../test/skip.ts";
import { LabOauth, SETTINGS } from "./lab-oauth.ts";

describe("animal-hospital's oauth with a real database, as two replicas", function () {
  this.timeout(120_000);
  let oauth: LabOauth;
  before(async function () {
    try {
      oauth = await LabOauth.start();
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      skip(this, error.message);
    }
  });
  after(() => oauth?.close());

  const desk = (scope: string, secret = SETTINGS.DESK_SECRET, replica = 0) =>
    oauth.token({ grant_type: "client_credentials", scope }, { replica, login: `desk:${secret}` });

  it("give programs a token that either replica's keys verify, with the scopes asked for and no more", async () => {
    const { status, body } = await desk("treatment billing");
    assert.equal(status, 200, JSON.stringify(body));
    const { claims, header } = await oauth.verified(String(body["access_token"]), 1);
    assert.equal(header["alg"], "RS256");
    assert.deepEqual(
      [claims["iss"], claims["aud"], claims["scope"]],
      [SETTINGS.PUBLIC_URL, "animal-hospital", "treatment billing"],
    );
    assert.equal(Number(claims["exp"]) - Number(claims["iat"]), 600);
    const more = await desk("treatment everything");
    assert.equal((await oauth.verified(String(more.body["access_token"]))).claims["scope"], "treatment");
    assert.equal((await desk("treatment", "wrong")).status, 401);
  });

  it("take a person through registration, code and PKCE to a token of what customers may, on alternating replicas", async () => {
    const signedIn = await oauth.signIn("jackson", "a long password", "register");
    const { status, body } = await oauth.redeem(signedIn, { replica: 1 });
    assert.equal(status, 200, JSON.stringify(body));
    const { claims } = await oauth.verified(String(body["access_token"]));
    assert.equal(claims["scope"], "reservation lookup");
    assert.match(String(claims["sub"]), /^[0-9a-f-]{36}$/);
    const again = await oauth.signIn("jackson", "a long password", "sign-in");
    const second = await oauth.redeem(again);
    assert.equal((await oauth.verified(String(second.body["access_token"]))).claims["sub"], claims["sub"]);
  });

  it("refuse a code twice, with another verifier, and a sign-in without PKCE or to somebody else's address", async () => {
    const signedIn = await oauth.signIn("jackson", "a long password", "sign-in");
    assert.equal((await oauth.redeem({ ...signedIn, verifier: "x".repeat(43) })).status, 400);
    assert.equal((await oauth.redeem(signedIn)).status, 200);
    assert.equal((await oauth.redeem(signedIn, { replica: 1 })).status, 400);
    assert.match(await oauth.refusedSignIn({ code_challenge: "" }), /code_challenge/);
    assert.match(await oauth.refusedSignIn({ redirect_uri: "https://elsewhere.example" }), /redirect_uri/);
  });

  it("renew a token once for each refresh token, and end all when an old one comes back", async () => {
    const { body } = await oauth.redeem(await oauth.signIn("jackson", "a long password", "sign-in"));
    const renew = (token: unknown, replica: number) =>
      oauth.token({ grant_type: "refresh_token", client_id: "app", refresh_token: String(token) }, { replica });
    const renewed = await renew(body["refresh_token"], 1);
    assert.equal(renewed.status, 200, JSON.stringify(renewed.body));
    assert.equal((await renew(body["refresh_token"], 0)).status, 400, "the old one");
    assert.equal((await renew(renewed.body["refresh_token"], 0)).status, 400, "its successor");
  });

  it("let nobody in with a wrong password, tell nobody whether a name exists, and take no name twice", async () => {
    const wrong = await oauth.tryToSignIn("jackson", "another password", "sign-in");
    const unknown = await oauth.tryToSignIn("nobody", "another password", "sign-in");
    assert.deepEqual([wrong.status, unknown.status], [401, 401]);
    assert.equal(wrong.fault, unknown.fault);
    assert.equal((await oauth.tryToSignIn("jackson", "a long password", "register")).status, 409);
    assert.equal((await oauth.tryToSignIn("smith", "short", "register")).status, 422);
    assert.equal((await oauth.tryToSignIn(`<script>alert(1)</script>`, "a long password", "register")).status, 422);
  });

  it("keep no key in the database that one can read without the secret", async () => {
    const connection = await createConnection({
      host: "127.0.0.1",
      port: oauth.databasePort,
      user: "any",
      database: "oauth",
    });
    const [rows] = await connection.query("SELECT sealed FROM signing_keys");
    await connection.end();
    assert.equal((rows as object[]).length, 1, "two replicas made one key");
    assert.doesNotMatch(JSON.stringify(rows), /PRIVATE KEY/);
    const keys = await oauth.jwks(0);
    assert.deepEqual(keys, await oauth.jwks(1));
    assert.doesNotMatch(JSON.stringify(keys), /"d"/);
  });
});

interface Key {
  readonly kid: string;
  readonly createdAt: number;
}

describe("the signing keys of animal-hospital's oauth", () => {
  const HOUR = 3_600_000;
  const DAY = 24 * HOUR;
  let keysAt: (keys: readonly Key[], now: number) => readonly Key[];
  let nextIsDue: (keys: readonly Key[], now: number) => boolean;
  before(async () => {
    const program = new URL("oauth/keys.mjs", import.meta.url).href;
    ({ keysAt, nextIsDue } = (await import(program)) as { keysAt: typeof keysAt; nextIsDue: typeof nextIsDue });
  });
  const first = { kid: "first", createdAt: 0 };
  const second = { kid: "second", createdAt: 30 * DAY };
  const kids = (now: number) => keysAt([first, second], now).map(({ kid }) => kid);

  it("are followed by the next after thirty days", () => {
    assert.equal(nextIsDue([], 0), true);
    assert.equal(nextIsDue([first], 30 * DAY - 1), false);
    assert.equal(nextIsDue([first], 30 * DAY), true);
  });

  it("are published an hour before they sign, and a day after", () => {
    assert.deepEqual(kids(30 * DAY), ["first", "second"]);
    assert.deepEqual(kids(30 * DAY + HOUR), ["second", "first"]);
    assert.deepEqual(kids(31 * DAY), ["second", "first"]);
    assert.deepEqual(kids(31 * DAY + HOUR), ["second"]);
  });
});
