import assert from "node:assert/strict";

/** What the entry answered. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

const ORDER = { customerName: "Kim", fishName: "flatfish", qty: 1, telephone: "01012341234", address: "Seongnam" };

/** fishdelivery as a customer, the store and the rider use it. */
export class Shop {
  readonly #entry: string;

  constructor(entry: string) {
    this.#entry = entry;
  }

  async send(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Reply> {
    const payload = body ? { body: JSON.stringify(body) } : {};
    const type = body ? { "content-type": "application/json" } : {};
    const answer = await fetch(`${this.#entry}${path}`, {
      method,
      ...payload,
      headers: { ...type, ...headers },
      signal: AbortSignal.timeout(10_000),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: parse(text) };
  }

  tryOrder(): Promise<Reply> {
    return this.send("POST", "/orders", ORDER);
  }

  async order(): Promise<string> {
    const { status, body } = await this.tryOrder();
    assert.equal(status, 201, JSON.stringify(body));
    return String(body["orderId"]);
  }

  async state(path: string): Promise<string> {
    return String((await this.send("GET", path)).body["status"]);
  }

  /** Rows of one order in a service; each service keeps its own. */
  async rows(path: string, orderId: string): Promise<Record<string, unknown>[]> {
    const { body } = await this.send("GET", `${path}?orderId=${orderId}`);
    return (body["items"] ?? []) as Record<string, unknown>[];
  }

  async store(orderId: string, status: "TAKEN" | "PREPARED"): Promise<void> {
    const [row] = await eventually(`the store to know order ${orderId}`, async () => {
      const rows = await this.rows("/fishstores", orderId);
      return rows.length > 0 ? rows : undefined;
    });
    const answer = await this.send("PATCH", `/fishstores/${String(row?.["fishOrderId"])}`, { status });
    assert.ok(answer.status < 300, `store ${status}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  async deliver(orderId: string): Promise<void> {
    const rows = await eventually(`the delivery of order ${orderId}`, async () => {
      const found = await this.rows("/deliveries", orderId);
      return found.length > 0 ? found : undefined;
    });
    assert.equal(rows.length, 1, "one delivery for each order");
    const answer = await this.send("PATCH", `/deliveries/${String(rows[0]?.["deliveryId"])}`, { status: "DELIVERED" });
    assert.ok(answer.status < 300, `deliver: ${answer.status}`);
  }

  /** Waits until a path shows a status. */
  async reaches(path: string, status: string): Promise<void> {
    await eventually(`${path} to say ${status}`, async () => (await this.state(path)) === status || undefined);
  }

  /** Waits until the only row of an order in a service has a status. */
  async rowReaches(path: string, orderId: string, status: string): Promise<void> {
    await eventually(`${path} of order ${orderId} to say ${status}`, async () => {
      const rows = await this.rows(path, orderId);
      assert.ok(rows.length <= 1, `${path} holds order ${orderId} ${rows.length} times`);
      return rows[0]?.["status"] === status || undefined;
    });
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { text };
  }
}

/** Asks again until there is an answer; connection faults count as no answer yet. */
export async function eventually<T>(what: string, probe: () => Promise<T | undefined>, seconds = 90): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last = "no answer";
  while (Date.now() < deadline) {
    try {
      const value = await probe();
      if (value !== undefined) return value;
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      last = error instanceof Error ? error.message : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`waited ${seconds} s for ${what} (${last})`);
}
