import assert from "node:assert/strict";
import type { Running } from "./running.ts";
import type { Shop } from "./shop.ts";

/** Proofs that an order can be taken back until it is delivered. */
export function proveCanceling(running: () => Running): void {
  const steps: readonly [state: string, reach: (shop: Shop, orderId: string) => Promise<void>][] = [
    ["PAID", async () => undefined],
    ["TAKEN", async (shop, id) => shop.store(id, "TAKEN")],
    [
      "DELIVERING",
      async (shop, id) => {
        await shop.store(id, "TAKEN");
        await shop.store(id, "PREPARED");
      },
    ],
  ];
  for (const [state, reach] of steps) {
    it(`takes an order back everywhere when it is canceled in state ${state}`, async () => {
      const { shop } = running();
      const id = await shop.order();
      await reach(shop, id);
      await shop.reaches(`/orders/${id}`, state);
      const { status } = await shop.send("DELETE", `/orders/${id}`);
      assert.ok(status < 300, `cancel answered ${status}`);
      await shop.reaches(`/orders/${id}`, "CANCELED");
      await shop.reaches(`/myPages/${id}`, "CANCELED");
      await shop.rowReaches("/payments", id, "CANCELED");
      await shop.rowReaches("/fishstores", id, "CANCELED");
      assert.ok((await shop.rows("/deliveries", id)).every((row) => row["status"] === "CANCELED"));
    });
  }

  it("refuses to cancel what is delivered", async () => {
    const { shop } = running();
    const id = await shop.order();
    await shop.store(id, "TAKEN");
    await shop.store(id, "PREPARED");
    await shop.deliver(id);
    await shop.reaches(`/orders/${id}`, "DELIVERED");
    assert.equal((await shop.send("DELETE", `/orders/${id}`)).status, 409);
  });
}
