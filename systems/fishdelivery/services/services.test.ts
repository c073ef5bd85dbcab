import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { NotInstalled } from "../../../runtime/lab/lab.ts";
import { fuzzSystem } from "../../../test/fuzz/fuzz-system.ts";
import { fishdelivery } from "../system.ts";
import { until } from "../../system-lab.ts";
import { type Lab, startLab } from "./lab.ts";
import { LabShop, ORDER } from "./lab-shop.ts";
import { skip } from "../../../test/skip.ts";

const CANCELED = {
  order: "CANCELED",
  payment: "CANCELED",
  fishstore: "CANCELED",
  delivery: "CANCELED",
  mypage: "CANCELED",
  refund: "REFUNDED",
};

describe("fishdelivery's services with a real broker and database", function () {
  this.timeout(180_000);
  let lab: Lab;
  let shop: LabShop;
  before(async function () {
    try {
      lab = await startLab();
      shop = new LabShop(lab);
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      skip(this, error.message);
    }
  });
  after(() => lab?.close());

  it("delivers an order, shows it on my page, and refuses to cancel it afterwards", async () => {
    const id = await shop.place();
    await shop.storeDoes(id, "TAKEN");
    await shop.storeDoes(id, "PREPARED");
    await shop.riderSays(id, "DELIVERED");
    await shop.shows(id, "DELIVERED");
    await until("order knows", async () => (await shop.everywhere(id)).order === "DELIVERED");
    assert.deepEqual(await shop.everywhere(id), {
      order: "DELIVERED",
      payment: "APPROVED",
      fishstore: "PREPARED",
      delivery: "DELIVERED",
      mypage: "DELIVERED",
      refund: "APPROVED",
    });
    assert.equal((await lab.request("order", "DELETE", `/orders/${id}`)).status, 409);
  });

  const ways: readonly [when: string, before: (id: string) => Promise<void>][] = [
    ["at once, before anybody has a record of it", async () => undefined],
    ["when the store has taken it", (id) => shop.storeDoes(id, "TAKEN")],
    [
      "while it is being delivered",
      async (id) => {
        await shop.storeDoes(id, "TAKEN");
        await shop.storeDoes(id, "PREPARED");
        await shop.shows(id, "DELIVERING");
      },
    ],
  ];
  for (const [when, bring] of ways) {
    it(`takes an order back everywhere when it is cancelled ${when}`, async () => {
      const id = await shop.place();
      await bring(id);
      assert.equal((await lab.request("order", "PATCH", `/orders/${id}`, { status: "CANCELED" })).status, 202);
      await shop.shows(id, "CANCELED");
      assert.deepEqual(await shop.everywhere(id), CANCELED);
    });
  }

  it("takes an order back everywhere when the store refuses it, and when the delivery fails", async () => {
    const refused = await shop.place();
    await shop.storeDoes(refused, "REFUSED");
    const failed = await shop.place();
    await shop.storeDoes(failed, "TAKEN");
    await shop.storeDoes(failed, "PREPARED");
    await shop.riderSays(failed, "FAILED");
    for (const id of [refused, failed]) {
      await shop.shows(id, "CANCELED");
      assert.deepEqual(await shop.everywhere(id), CANCELED);
    }
  });

  it("makes one order of the same request sent five times at once", async () => {
    const before = await shop.orders();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => lab.request("order", "POST", "/orders", ORDER, { "idempotency-key": "same" })),
    );
    assert.deepEqual(
      [...new Set(answers.map(({ status }) => status))].filter((status) => status !== 409),
      [201],
    );
    assert.equal((await lab.request("order", "POST", "/orders", ORDER, { "idempotency-key": "same" })).status, 201);
    assert.equal(await shop.orders(), before + 1);
  });

  it("makes no order when payment declines, is slow, or is down, and recovers by itself", async () => {
    const before = await shop.orders();
    assert.equal((await lab.request("order", "POST", "/orders", { ...ORDER, qty: 101 })).status, 402);
    await lab.request("payment", "PUT", "/faults", { delayMs: 900 });
    const slow = await lab.request("order", "POST", "/orders", ORDER);
    assert.deepEqual([slow.status, slow.retryAfter], [503, "1"]);
    await lab.stop("payment", "SIGKILL");
    assert.equal((await lab.request("order", "POST", "/orders", ORDER)).status, 503);
    assert.equal(await shop.orders(), before);
    await lab.start("payment");
    await until(
      "orders are accepted again",
      async () => (await lab.request("order", "POST", "/orders", ORDER)).status === 201,
    );
    await until("payments without an order are void", async () =>
      (await shop.all("payment", "/payments")).every((row) => row["status"] !== "AUTHORIZED"),
    );
  });

  it("delivers once what was prepared while delivery was down", async () => {
    assert.equal(await lab.stop("delivery", "SIGTERM"), 0);
    const id = await shop.place();
    await shop.storeDoes(id, "TAKEN");
    await shop.storeDoes(id, "PREPARED");
    await shop.shows(id, "PREPARED");
    await lab.start("delivery");
    await shop.shows(id, "DELIVERING");
    assert.equal((await shop.rowsOf("delivery", id)).length, 1);
  });

  it("starts each delivery once while replicas come, share the work and die", async () => {
    const ids: string[] = [];
    const prepare = async () => {
      const id = await shop.place();
      await shop.storeDoes(id, "TAKEN");
      await shop.storeDoes(id, "PREPARED");
      ids.push(id);
    };
    const kill = await lab.addReplica("delivery");
    for (let each = 0; each < 10; each += 1) await prepare();
    await kill("SIGKILL");
    for (let each = 0; each < 5; each += 1) await prepare();
    for (const id of ids) await shop.shows(id, "DELIVERING");
    for (const id of ids) assert.equal((await shop.rowsOf("delivery", id)).length, 1);
  });

  it("loses no accepted order when order is killed in the middle of its work", async () => {
    const accepted: string[] = [];
    const customers = Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let each = 0; each < 10; each += 1)
          await shop.place().then(
            (id) => accepted.push(id),
            () => undefined,
          );
      }),
    );
    await until("some orders are accepted", async () => accepted.length >= 5);
    await lab.stop("order", "SIGKILL");
    await customers;
    await lab.start("order");
    for (const id of accepted) await shop.shows(id, "PAID");
  });

  it("shows my pages while all others are down, and the same again when they are built anew from the events", async () => {
    const pages = async () =>
      (await shop.all("mypage", "/myPages")).toSorted((a, b) =>
        String(a["orderId"]).localeCompare(String(b["orderId"])),
      );
    const owners = ["order", "payment", "fishstore", "delivery"] as const;
    for (const owner of owners) await lab.stop(owner, "SIGTERM");
    let before = await pages();
    await until("the last events to be shown", async () => {
      const last = before;
      await sleep(1000);
      before = await pages();
      return JSON.stringify(before) === JSON.stringify(last);
    });
    assert.ok(before.length > 10, `${before.length} pages`);
    await lab.stop("mypage", "SIGTERM");
    assert.equal(await lab.task("mypage", "rebuild"), 0);
    await lab.start("mypage");
    await until(
      "the pages are the same again",
      async () => JSON.stringify(await pages()) === JSON.stringify(before),
    ).catch(() => undefined);
    assert.deepEqual(await pages(), before);
    await Promise.all(owners.map((owner) => lab.start(owner)));
  });

  it("keeps a hundred orders apart that are under way at once", async () => {
    const orderOf = (index: number) => ({ ...ORDER, customerName: `Kim ${index}`, qty: index + 1 });
    const ids: string[] = [];
    await inTens(100, async (index) => {
      ids[index] = await shop.place(orderOf(index));
    });
    await inTens(100, (index) => shop.storeDoes(ids[index] ?? "", "TAKEN"));
    const canceled = (index: number) => index % 4 === 0;
    await inTens(100, async (index) => {
      const id = ids[index] ?? "";
      if (canceled(index)) assert.equal((await lab.request("order", "DELETE", `/orders/${id}`)).status, 202);
      else await shop.storeDoes(id, "PREPARED");
    });
    await inTens(100, (index) => shop.shows(ids[index] ?? "", canceled(index) ? "CANCELED" : "DELIVERING"));
    for (const [index, id] of ids.entries()) {
      const { customerName, qty } = (await lab.request("mypage", "GET", `/myPages/${id}`)).body;
      assert.deepEqual({ customerName, qty }, { customerName: `Kim ${index}`, qty: index + 1 });
      const deliveries = await shop.rowsOf("delivery", id);
      assert.deepEqual(
        deliveries.map(({ status }) => status === "CANCELED"),
        [canceled(index)],
        JSON.stringify(deliveries),
      );
    }
  });

  it("answers whatever it is sent, and shows nothing of its inside", () => fuzzSystem(lab, fishdelivery));
});

/** Does something for each index, ten at a time. */
async function inTens(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  for (let begin = 0; begin < count; begin += 10)
    await Promise.all(Array.from({ length: Math.min(10, count - begin) }, (_, index) => work(begin + index)));
}
