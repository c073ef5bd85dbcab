import assert from "node:assert/strict";
import { type Answer, until } from "../../system-lab.ts";
import type { Lab, Service } from "./lab.ts";

export const ORDER = {
  customerName: "Kim",
  fishName: "flatfish",
  qty: 1,
  telephone: "01012341234",
  address: "Seongnam",
};

/** Services that keep one row of an order, and where. */
const ROWS = { payment: "payments", fishstore: "fishstores", delivery: "deliveries" } as const;

/** The lab as a customer, the store and the rider use it. */
export class LabShop {
  readonly #lab: Lab;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** Places an order that is accepted; answers its id. */
  async place(body = ORDER): Promise<string> {
    const { status, body: order } = await this.#lab.request("order", "POST", "/orders", body);
    assert.equal(status, 201, JSON.stringify(order));
    return String(order["orderId"]);
  }

  /** Rows of an order in a service. */
  async rowsOf(service: keyof typeof ROWS, id: string): Promise<Answer["body"]["items"]> {
    return (await this.#lab.request(service, "GET", `/${ROWS[service]}?orderId=${id}`)).body.items;
  }

  /** Waits until my page shows a status. */
  shows(id: string, status: string): Promise<void> {
    return until(`my page shows ${status}`, async () => (await this.#page(id))["status"] === status);
  }

  /** Waits until the store has the order, then says what it does with it. */
  async storeDoes(id: string, status: string): Promise<void> {
    await until("the store has the order", async () => (await this.rowsOf("fishstore", id)).length === 1);
    await this.#change("fishstore", id, "fishOrderId", status);
  }

  /** Waits until the delivery is under way, then says how it went. */
  async riderSays(id: string, status: string): Promise<void> {
    await until("the delivery is under way", async () => (await this.rowsOf("delivery", id)).length === 1);
    await this.#change("delivery", id, "deliveryId", status);
  }

  /** The status of an order in every service. */
  async everywhere(id: string): Promise<Record<string, unknown>> {
    const page = await this.#page(id);
    const status = async (service: keyof typeof ROWS) =>
      (await this.rowsOf(service, id)).map((row) => row["status"]).join();
    return {
      order: (await this.#lab.request("order", "GET", `/orders/${id}`)).body["status"],
      payment: await status("payment"),
      fishstore: await status("fishstore"),
      delivery: await status("delivery"),
      mypage: page["status"],
      refund: page["payment"],
    };
  }

  /** How many orders there are. */
  async orders(): Promise<number> {
    return (await this.all("order", "/orders")).length;
  }

  /** Every entry of a list, page by page. */
  async all(service: Service, path: string): Promise<Answer["body"]["items"]> {
    const items: Answer["body"]["items"] = [];
    for (let after = ""; ; ) {
      const { body } = await this.#lab.request(service, "GET", `${path}?size=100${after}`);
      items.push(...body.items);
      if (body["next"] === null) return items;
      after = `&after=${String(body["next"])}`;
    }
  }

  async #page(id: string): Promise<Answer["body"]> {
    return (await this.#lab.request("mypage", "GET", `/myPages/${id}`)).body;
  }

  async #change(service: "fishstore" | "delivery", id: string, key: string, status: string): Promise<void> {
    const [row] = await this.rowsOf(service, id);
    const path = `/${ROWS[service]}/${String(row?.[key])}`;
    assert.equal((await this.#lab.request(service, "PATCH", path, { status })).status, 200);
  }
}
