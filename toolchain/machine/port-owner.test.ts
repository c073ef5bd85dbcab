import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
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

  it("is named in one line without anything a terminal would obey", async () => {
    const program = `require("node:net").createServer().listen(0, "127.0.0.1", function () { console.log(this.address().port) })`;
    const squatter = spawn(process.execPath, ["-e", program, "\x1b]0;owned\x07\nroot: all is well"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = (await once(squatter.stdout, "data")) as [Buffer];
    const found = portOwner(Number(port.toString()));
    squatter.kill();
    assert.equal(found?.pid, squatter.pid);
    assert.doesNotMatch(found?.command ?? "\n", /\p{Cc}/u);
  });

  it("is nobody for a free port", async () => {
    assert.equal(portOwner(await freePort()), undefined);
  });
});
