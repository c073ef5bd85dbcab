import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { drawnAddress } from "./port-forward.ts";

describe("a way into the cluster", () => {
  it("stands on this machine where no web page looks, each time elsewhere", async () => {
    const drawn = Array.from({ length: 1000 }, drawnAddress);
    assert.ok(drawn.every((address) => /^127\.[1-9]\d{0,2}\.\d{1,3}\.\d{1,3}$/.test(address)));
    assert.ok(new Set(drawn).size > 990);
    const server = createServer().listen(0, drawn[0]);
    await once(server, "listening");
    server.close();
  });
});
