import assert from "node:assert/strict";
import type { Running } from "./running.ts";
import { eventually } from "./shop.ts";

/** Runs a service at zero replicas for a while; whatever happens meanwhile, it comes back. */
async function without<T>(
  { launched, pods }: Running,
  service: string,
  replicas: number,
  work: () => Promise<T>,
): Promise<T> {
  const target = await pods.deployment(service);
  await launched.kubectl("scale", target, "--replicas=0");
  try {
    await eventually(`${service} to be gone`, async () => (await pods.notGone(service)).length === 0 || undefined);
    return await work();
  } finally {
    await launched.kubectl("scale", target, `--replicas=${replicas}`);
    await eventually(`${service} to have pods again`, async () => (await pods.of(service)).length > 0 || undefined);
    await pods.untilReady(service);
  }
}

/** Proofs of what a service or a store that is away costs: never an accepted order. */
export function proveOutages(running: () => Running): void {
  it("answers 503 with Retry-After and makes no order while payment is down, and recovers by itself", async () => {
    const { shop } = running();
    const newest = async () => {
      const { items } = (await shop.send("GET", "/orders?size=1")).body as { items?: readonly { orderId: string }[] };
      return items?.[0]?.orderId;
    };
    const before = await newest();
    await without(running(), "payment", 2, async () => {
      const refused = await shop.tryOrder();
      assert.equal(refused.status, 503, JSON.stringify(refused.body));
      assert.ok(Number(refused.headers.get("retry-after")) > 0);
      assert.equal(await newest(), before);
    });
    await eventually("orders to be accepted again", async () => (await shop.tryOrder()).status === 201 || undefined);
  });

  it("delivers later what was ordered while delivery was down, and nothing twice", async () => {
    const { shop } = running();
    const ids = await without(running(), "delivery", 1, async () => {
      const ordered = await Promise.all(Array.from({ length: 5 }, () => shop.order()));
      for (const id of ordered) {
        await shop.store(id, "TAKEN");
        await shop.store(id, "PREPARED");
      }
      return ordered;
    });
    for (const id of ids) await shop.deliver(id);
    for (const id of ids) await shop.reaches(`/myPages/${id}`, "DELIVERED");
  });

  for (const store of ["mariadb", "kafka"]) {
    it(`loses no accepted order when the ${store} pod is deleted`, async () => {
      const { launched, shop, pods } = running();
      const accepted: string[] = [];
      for (let index = 0; index < 5; index++) accepted.push(await shop.order());
      await launched.kubectl("delete", "pod", "-l", `app.kubernetes.io/name=${store}`, "--grace-period=0", "--force");
      for (let index = 0; index < 10; index++) {
        const reply = await shop.tryOrder().catch(() => undefined); // refusals are allowed, losses are not
        if (reply?.status === 201) accepted.push(String(reply.body["orderId"]));
      }
      await pods.untilReady(store);
      for (const id of accepted) await shop.rowReaches("/fishstores", id, "RECEIVED");
      for (const id of accepted) await shop.reaches(`/myPages/${id}`, "PAID");
    });
  }
}
