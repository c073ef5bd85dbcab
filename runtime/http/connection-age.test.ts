import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createLog } from "../process/log.ts";
import { endOldConnections } from "./connection-age.ts";
import { createHttp } from "./http.ts";

describe("connections of callers", () => {
  const log = createLog({ service: "test", version: "0", logLevel: "silent" });
  const app = createHttp({ version: "v", pod: "p" }, log, () => false);
  endOldConnections(app, 200);
  app.get("/", () => "answer");
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  before(() => app.listen({ port: 0, host: "127.0.0.1" }));
  after(async () => {
    agent.destroy();
    await app.close();
  });

  async function ask(): Promise<{
    status: number | undefined;
    from: number | undefined;
    connection: string | undefined;
  }> {
    const { port } = app.server.address() as AddressInfo;
    const call = request({ host: "127.0.0.1", port, agent }).end();
    const [answer] = (await once(call, "response")) as [IncomingMessage];
    const from = call.socket?.localPort;
    await answer.resume().toArray();
    return { status: answer.statusCode, from, connection: answer.headers.connection };
  }

  it("end with an answer when they are old, so that a replica that came later gets its share and no request fails", async () => {
    const [first, second] = [await ask(), await ask()];
    assert.equal(first.from, second.from);
    assert.notEqual(second.connection, "close");
    await sleep(250);
    const last = await ask();
    assert.deepEqual([last.status, last.from, last.connection], [200, first.from, "close"]);
    const next = await ask();
    assert.equal(next.status, 200);
    assert.notEqual(next.from, first.from);
  });
});
