import assert from "node:assert/strict";
import { createLog } from "../process/log.ts";
import { callerOf, signedIn } from "./caller.ts";
import { createHttp } from "./http.ts";

describe("the caller of a route", () => {
  const app = createHttp(
    { version: "v", pod: "p" },
    createLog({ service: "test", version: "0", logLevel: "silent" }),
    () => false,
  );
  app.get("/mine", (request) => ({ ...callerOf(request) }));
  app.get("/orders", { onRequest: signedIn("read", "orders:write") }, () => []);
  after(() => app.close());
  const ask = (url: string, headers: Record<string, string | string[]> = {}) => app.inject({ url, headers });
  const kim = { "x-slipway-subject": "kim", "x-slipway-scopes": "read orders:write" };

  it("is whom the entry names, with what they may do", async () => {
    assert.deepEqual((await ask("/mine", kim)).json(), { subject: "kim", scopes: ["read", "orders:write"] });
    assert.equal((await ask("/orders", kim)).statusCode, 200);
  });

  it("is nobody without the entry's word, with two words for one, or with one that is no name", async () => {
    for (const name of [undefined, "", "kim lee", ["kim", "lee"]]) {
      const headers = name === undefined ? {} : { "x-slipway-subject": name, "x-slipway-scopes": "read orders:write" };
      for (const url of ["/mine", "/orders"])
        assert.equal((await ask(url, headers)).statusCode, 401, `${url} ${JSON.stringify(name)}`);
    }
  });

  it("needs all scopes that the route wants", async () => {
    const answer = await ask("/orders", { ...kim, "x-slipway-scopes": "read" });
    assert.equal(answer.statusCode, 403);
    assert.match(answer.body, /read orders:write/);
    assert.equal((await ask("/mine", { "x-slipway-subject": "kim" })).statusCode, 200);
  });
});
