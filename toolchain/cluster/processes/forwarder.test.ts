import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort, listen } from "../../machine/free-port.ts";

describe("the forwarder", () => {
  it("carries requests to its target, and ends a connection whose target is gone", async () => {
    const target = createServer((_, response) => response.end("hello"));
    const [from, to] = [await freePort(), await listen(target)];
    const program = fileURLToPath(new URL("./forwarder.ts", import.meta.url));
    const forwarder = spawn(process.execPath, [program, "unit-forwarder", `${from}=127.0.0.1:${to}`], {
      stdio: "ignore",
    });
    const ask = async () =>
      await (await fetch(`http://127.0.0.1:${from}/`, { headers: { connection: "close" } })).text();
    let answer = "";
    while (answer === "") answer = await ask().catch(async () => await sleep(50, ""));
    assert.equal(answer, "hello");
    await new Promise((resolve) => target.close(resolve));
    await assert.rejects(ask());
    forwarder.kill();
  });
});
