import assert from "node:assert/strict";
import type { Running } from "./running.ts";

/** Proofs that nobody reaches what no edge leads to. */
export function proveEdges(running: () => Running): void {
  it("lets only declared edges through", async () => {
    const { pods } = running();
    const [delivery = ""] = await pods.of("delivery");
    assert.equal(await pods.connect(delivery, "kafka", 9092), "connected");
    assert.equal(await pods.connect(delivery, "mariadb", 3306), "connected");
    assert.equal(await pods.connect(delivery, "payment", 8080), "timeout");
    assert.equal(await pods.connect(delivery, "order", 8080), "timeout");
  });

  it("lets a pod that nobody declared reach neither a service nor its database nor Kafka", async () => {
    const { launched, pods } = running();
    const stranger = await pods.runStranger(await pods.imageOf("order"));
    for (const [host, port] of [
      ["order", 8080],
      ["mariadb", 3306],
      ["kafka", 9092],
    ] as const)
      assert.equal(await pods.connect(stranger, host, port), "timeout", host);
    await launched.kubectl("delete", stranger, "--grace-period=0", "--force");
  });
}
