import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { listeningPorts, processOfPod } from "./listening-ports.ts";

describe("what listens in a pod", () => {
  it("is every port of its network, whichever process and family it is of", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    assert.ok(listeningPorts(process.pid).includes(port));
    await new Promise((resolve) => server.close(resolve));
    assert.ok(!listeningPorts(process.pid).includes(port));
  });

  it("is not known of a pod that runs elsewhere, or of a process that has ended", () => {
    assert.equal(processOfPod("5f0a2a2e-0000-4000-8000-000000000000"), undefined);
    assert.deepEqual(listeningPorts(2 ** 30), []);
  });
});
