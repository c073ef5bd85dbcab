import assert from "node:assert/strict";
import { createServer } from "node:net";
import { freePort, listen } from "./free-port.ts";
import { portOwner } from "./port-owner.ts";

describe("the owner of a port", () => {
  it("is the process that listens on it", async () => {
    const server = createServer();
    const found = portOwner(await listen(server));
    server.close();
    assert.equal(found?.pid, process.pid);
    assert.match(found.command, /node/);
  });

  it("is nobody for a free port", async () => {
    assert.equal(portOwner(await freePort()), undefined);
  });
});
