import assert from "node:assert/strict";
import { generateKeyPair, SignJWT } from "jose";
import { createConnection } from "mysql2/promise";
import { NotInstalled } from "../../../runtime/lab/lab.ts";
import { skip } from "../../../test/skip.ts";
import { fuzzSystem } from "../../../test/fuzz/fuzz-system.ts";
import { health } from "../system.ts";
import { until } from "../../system-lab.ts";
import { LabDiary, PASSWORD, today } from "./lab-diary.ts";

describe("health's services with a real broker and database", function () {
  this.timeout(180_000);
  let kim: LabDiary;
  before(async function () {
    try {
      kim = await LabDiary.start();
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      skip(this, error.message);
    }
  });
  after(() => kim?.lab.close());

  it("shows people themselves, and never their passwords", async () => {
    const { status, body } = await kim.ask("auth", "GET", "/auth/my_page");
    assert.equal(status, 200);
    const { id, ...shown } = body["userInfo"] as Record<string, unknown>;
    assert.match(String(id), /^[0-9a-f-]{36}$/);
    assert.deepEqual(shown, { username: "kim", firstName: "Min", lastName: "Kim" });
  });

  it("lets nobody in with a wrong password or an unknown name, and gives a name once", async () => {
    const login = (username: string, password: string) =>
      kim.lab.request("auth", "POST", "/auth/login", { username, password });
    const [wrong, unknown] = [await login("kim", "another password"), await login("nobody", PASSWORD)];
    assert.deepEqual([wrong.status, unknown.status], [401, 401]);
    assert.equal(wrong.body["detail"], unknown.body["detail"]);
    const again = { username: "kim", password: PASSWORD, firstName: "A", lastName: "B" };
    assert.equal((await kim.lab.request("auth", "POST", "/auth/register", again)).status, 409);
  });

  it("goes by the signed token alone, whatever headers say who asks", async () => {
    const forged = async (change: (token: SignJWT) => SignJWT, kid = "mine") => {
      const { privateKey } = await generateKeyPair("ES256");
      const token = new SignJWT().setProtectedHeader({ alg: "ES256", kid }).setSubject("kim");
      return change(token.setIssuer("health/auth").setAudience("health").setExpirationTime("1h")).sign(privateKey);
    };
    const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"kim"}')}.`.replaceAll("=", "");
    const tokens = ["", unsigned, "no.token.atall", await forged((token) => token), `${kim.token.slice(0, -4)}AAAA`];
    for (const token of tokens)
      for (const [service, path] of [
        ["diet", "/diet/histories"],
        ["exercise", "/exercise/days"],
      ] as const) {
        const headers = { authorization: `Bearer ${token}`, username: "kim", "x-user": "kim" };
        assert.equal((await kim.lab.request(service, "GET", path, undefined, headers)).status, 401, token);
      }
  });

  it("goes on with a new key, and still takes tokens of the one before", async () => {
    const keys = async () => (await kim.ask("auth", "GET", "/auth/.well-known/jwks.json")).body["keys"] as object[];
    assert.equal((await keys()).length, 1);
    const connection = await createConnection({ host: "127.0.0.1", port: kim.lab.databasePort, user: "any" });
    await connection.query("UPDATE auth.signing_keys SET created_at = created_at - INTERVAL 25 HOUR");
    await connection.end();
    await kim.lab.stop("auth", "SIGTERM");
    await kim.lab.start("auth");
    await until("there is a second key", async () => (await keys()).length === 2);
    const lee = await kim.as("lee");
    for (const person of [kim, lee]) await until("diet takes it", async () => Array.isArray(await person.meals()));
  });

  it("writes once what was accepted while its keeper was down, though it was sent three times", async () => {
    const rice = await kim.idOf("diet", "Banana");
    await kim.lab.stop("diet", "SIGKILL");
    const once = { "idempotency-key": "breakfast" };
    const answers = [await kim.eat(rice, once), await kim.eat(rice, once), await kim.eat(rice, once)];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [202, 202, 202],
    );
    const [entry] = new Set(answers.map(({ body }) => body["entryId"]));
    await kim.lab.stop("intake", "SIGKILL");
    await Promise.all([kim.lab.start("diet"), kim.lab.start("intake")]);
    await until("the meal is written", async () => (await kim.meals()).length > 0);
    assert.deepEqual(
      (await kim.meals()).map(({ entryId, name, date }) => [entryId, name, date]),
      [[entry, "Banana", today()]],
    );
    const other = await kim.eat(await kim.idOf("diet", "Egg, boiled"), once);
    assert.equal(other.status, 422);
  });

  it("takes a meal back, twice if asked twice, and only for who ate it", async () => {
    const [meal] = await kim.meals();
    const path = `/diet/histories/${String(meal?.["entryId"])}`;
    const other = await kim.as("park");
    assert.equal((await other.ask("intake", "DELETE", path)).status, 404);
    assert.deepEqual(
      [(await kim.ask("intake", "DELETE", path)).status, (await kim.ask("intake", "DELETE", path)).status],
      [204, 204],
    );
    await until("it is gone", async () => (await kim.meals()).length === 0);
  });

  it("tells who wrote it why an entry could not be kept", async () => {
    const { status, body } = await kim.eat("no-such-food");
    assert.equal(status, 202);
    const entry = async () => (await kim.ask("intake", "GET", `/entries/${String(body["entryId"])}`)).body;
    await until("it is refused", async () => (await entry())["status"] === "REFUSED");
    assert.equal((await entry())["reason"], "There is no such food.");
  });

  it("adds up sets, repetitions and weights of a day, for one person and one part of the body", async () => {
    const write = async (name: string, set: number, rep: number, weight: number) => {
      const workout = { exerciseId: await kim.idOf("exercise", name), set, rep, weight, date: today() };
      assert.equal((await kim.ask("intake", "POST", "/exercise/histories", workout)).status, 202);
    };
    await write("Squat", 3, 10, 60.5);
    await write("Lunge", 2, 10, 20);
    await write("Dip", 1, 8, 70);
    const days = async (query: string) => (await kim.ask("exercise", "GET", `/exercise/days${query}`)).body.items;
    await until("all are written", async () => (await days("?part=ALL"))[0]?.["volume"] === 1815 + 400 + 560);
    assert.deepEqual(await days("?part=LEG&period=6"), [{ date: today(), volume: 2215 }]);
    assert.deepEqual(await days("?part=CHEST"), []);
  });

  it("refuses what no diary holds, and says all that is wrong", async () => {
    const workout = { exerciseId: "x", set: 1, rep: 1, weight: 1, date: today() };
    const status = async (change: object) =>
      (await kim.ask("intake", "POST", "/exercise/histories", { ...workout, ...change })).status;
    assert.deepEqual(
      [
        await status({ date: "2025-02-30" }),
        await status({ date: "2099-01-01" }),
        await status({ set: 0, rep: "ten" }),
      ],
      [400, 422, 400],
    );
    assert.equal((await kim.ask("diet", "GET", "/diet/histories?period=5")).status, 400);
    assert.equal((await kim.ask("diet", "POST", "/diet/foods", { name: "Air" })).status, 400);
  });

  it("answers whatever it is sent, and shows nothing of its inside", () =>
    fuzzSystem(kim.lab, health, `Bearer ${kim.token}`));
});
