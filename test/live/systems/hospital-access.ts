import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Running } from "../running.ts";
import { eventually } from "../shop.ts";
import { HospitalDesk, keyOf } from "./hospital-desk.ts";

/** Answers of the issuer in a row that show a new key, so that each of its replicas has it. */
const IN_A_ROW = 12;
/** The issuer looks at its keys once a minute. */
const KEYS_SECONDS = 150;

/** What animal-hospital answers to tokens of every kind, on a running cluster. */
export function hospitalAccess(running: () => Running): void {
  const desk = new HospitalDesk(running);
  const status = async (token: string | null, path = "/reservations", more = {}) =>
    (await desk.sendWith(token, "GET", path, undefined, more)).status;

  it("asks everybody who they are, whatever the way to a route", async () => {
    const paths = ["/reservations", "/medicalRecords", "/financialManagements", "/notices", "/reservationStats"];
    for (const path of paths) {
      const { status: answered, headers, body } = await desk.sendWith(null, "GET", path);
      assert.deepEqual([answered, headers.get("www-authenticate"), body["title"]], [401, "Bearer", "Unauthorized"]);
      for (const way of [`/${path}`, `${path}/x`, `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`])
        assert.notEqual(await status(null, way), 200, way);
    }
    assert.equal(await status(null, "/.well-known/jwks.json"), 200);
  });

  it("lets in who has the scope of the route, and nobody with another one", async () => {
    const token = await desk.token("treatment");
    assert.equal(await status(token, "/medicalRecords"), 200);
    assert.equal(await status(token, "/reservations"), 403);
  });

  it("believes no token that has ended, is for others, of others, or lives for a day, whoever signed it", async () => {
    const now = Math.floor(Date.now() / 1000);
    assert.equal(await status(await desk.signed({})), 200);
    const changes = [
      { iat: now - 600, exp: now - 60 },
      { aud: "another-hospital" },
      { iss: "https://evil.example.com" },
      { exp: now + 86_400 },
      { nbf: now + 600 },
      { sub: undefined },
    ];
    for (const change of changes) assert.equal(await status(await desk.signed(change)), 401, JSON.stringify(change));
    const [head = "", body = ""] = (await desk.token()).split(".");
    assert.equal(await status(`${head}.${body}.AAAA`), 401);
    const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    assert.equal(await status(`${none}.${body}.AAAA`), 401);
  });

  it("believes nobody who only says who he is, with a token or without", async () => {
    const forged = { "x-slipway-subject": "chief", "x-slipway-scopes": "reservation", x_slipway_subject: "chief" };
    assert.equal(await status(null, "/reservations", forged), 401);
    const mark = `forged-${Date.now()}`;
    assert.equal(await status(await desk.token(), "/reservations", { ...forged, "x-correlation-id": mark }), 200);
    const { launched, pods } = running();
    const line = await eventually("the log of the request", async () => {
      const logs = await Promise.all((await pods.of("reservation")).map((pod) => launched.kubectl("logs", pod)));
      return logs.flatMap((text) => text.split("\n")).find((text) => text.includes(mark));
    });
    assert.equal((JSON.parse(line) as { caller?: string }).caller, "desk");
  });

  it("asks in the service too, for whoever comes past the entry", async () => {
    const { pods } = running();
    const [pod = ""] = await pods.of("reservation");
    const ask = "fetch('http://127.0.0.1:8080/reservations').then(({status})=>console.log(status))";
    assert.equal(await pods.evaluate(pod, ask), "401");
  });

  it("lets nobody in while nobody can check tokens, says so at once, and lets them in again by itself", async () => {
    const { launched, pods } = running();
    const token = await desk.token();
    const verifier = await pods.deployment("verifier");
    await launched.kubectl("scale", verifier, "--replicas=0");
    const refused = await eventually("a refusal", async () => {
      const began = Date.now();
      const answered = await status(token);
      return answered === 200 ? undefined : { answered, ms: Date.now() - began };
    });
    assert.ok(refused.answered >= 500 && refused.ms < 3000, JSON.stringify(refused));
    for (let each = 0; each < 20; each += 1) assert.ok((await status(each % 2 ? token : null)) >= 500);
    await launched.kubectl("scale", verifier, "--replicas=2");
    await eventually("somebody to be let in", async () => (await status(token)) === 200 || undefined);
  });

  it("loses no request when a pod that checks tokens is taken away", async () => {
    const { launched, pods } = running();
    await pods.untilReady("verifier");
    const token = await desk.token();
    const [pod = ""] = await pods.of("verifier");
    const gone = launched.kubectl("delete", pod, "--wait=true");
    for (const end = Date.now() + 15_000; Date.now() < end; await sleep(100)) assert.equal(await status(token), 200);
    await gone;
    await pods.untilReady("verifier");
  });

  it("goes on while the issuer changes its key, and believes both until the old one is taken away", async () => {
    const before = await desk.token();
    const shown = async () => ((await desk.sendWith(null, "GET", "/.well-known/jwks.json")).body["keys"] as []).length;
    await desk.publishNextKey();
    await eventually(
      "every replica of the issuer to show the next key",
      async () => {
        for (let each = 0; each < IN_A_ROW; each += 1) if ((await shown()) < 2) return undefined;
        assert.equal(await status(before), 200);
        return true;
      },
      KEYS_SECONDS,
    );
    await desk.letNextKeySign();
    const after = await eventually(
      "the next key to sign",
      async () => {
        const token = await desk.token();
        assert.equal(await status(token), 200);
        return keyOf(token) === keyOf(before) ? undefined : token;
      },
      KEYS_SECONDS,
    );
    assert.deepEqual([await status(after), await status(before)], [200, 200]);
  });
}
