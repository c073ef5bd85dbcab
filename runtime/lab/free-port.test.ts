import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";

const PROGRAM = `import { freePort } from ${JSON.stringify(new URL("./free-port.ts", import.meta.url).href)};
const ports = []; for (let i = 0; i < 120; i++) ports.push(await freePort());
await new Promise((done) => setTimeout(done, 500)); // both run at once
console.log(JSON.stringify(ports));`;

describe("ports of a lab", function () {
  this.timeout(30_000);

  it("are no other process's, although nobody listens on them yet", async () => {
    const run = () => promisify(execFile)(process.execPath, ["--input-type=module", "-e", PROGRAM]);
    const [one, other] = (await Promise.all([run(), run()])).map(({ stdout }) => JSON.parse(stdout) as number[]);
    assert.equal(new Set([...(one ?? []), ...(other ?? [])]).size, 240);
  });

  it("are those that nobody listens on", async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((done) => server.listen(port + 1, done));
    assert.equal(await freePort(), port + 2);
    server.close();
  });
});
