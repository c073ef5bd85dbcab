/** Sends one request through the public entry and returns the parsed answer. */
export type Send = (
  method: string,
  path: string,
  body?: object,
) => Promise<{ readonly status: number; readonly body: unknown }>;

/** The event with which an order ends well. */
export const LAST_EVENT = "DeliveryCompleted";

interface Page {
  readonly items: readonly Record<string, unknown>[];
}

const ORDER = {
  customerName: "Kim",
  fishName: "flatfish",
  qty: 1,
  telephone: "01012341234",
  address: "Seongnam, Gyeonggi-do",
};
/** How long one step may take: a cold consumer needs a rebalance first. */
const STEP_TIMEOUT_MS = 60_000;

/** Three requests to try by hand. */
export function requestsToTry(entry: string, orderId: string): string[] {
  return [
    `curl -s ${entry}/myPages/${orderId}`,
    `curl -s -X POST ${entry}/orders -H 'content-type: application/json' -d '${JSON.stringify(ORDER)}'`,
    `curl -s '${entry}/orders?status=DELIVERED'`,
  ];
}

/** Places one order and takes it through every step to its delivery; returns its id. `placed` hears of the id at once. */
export async function deliverOrder(send: Send, placed: (orderId: string) => void): Promise<string> {
  const orderId = await placeOrder(send);
  placed(orderId);
  const storeOrder = await firstOf(send, `/fishstores?orderId=${orderId}`, "fishOrderId");
  await expectOk(send, "PATCH", `/fishstores/${storeOrder}`, { status: "TAKEN" });
  await expectOk(send, "PATCH", `/fishstores/${storeOrder}`, { status: "PREPARED" });
  const delivery = await firstOf(send, `/deliveries?orderId=${orderId}`, "deliveryId");
  await expectOk(send, "PATCH", `/deliveries/${delivery}`, { status: "DELIVERED" });
  await until(`my page of order ${orderId} to say DELIVERED`, async () => {
    const { body } = await send("GET", `/myPages/${orderId}`);
    return (body as { status?: string }).status === "DELIVERED" ? true : undefined;
  });
  return orderId;
}

async function placeOrder(send: Send): Promise<string> {
  return until("the order to be accepted", async () => {
    const { status, body } = await send("POST", "/orders", ORDER);
    if (status === 429 || status >= 500) return undefined; // the entry or a pod is still starting
    const { orderId } = body as { orderId?: string };
    if (status !== 201 || orderId === undefined)
      throw new Error(`POST /orders answered ${status}: ${JSON.stringify(body)}`);
    return orderId;
  });
}

async function firstOf(send: Send, path: string, field: string): Promise<string> {
  return until(`${path} to list the order`, async () => {
    const { body } = await send("GET", path);
    const value = (body as Partial<Page>).items?.[0]?.[field];
    return value === undefined ? undefined : String(value);
  });
}

async function expectOk(send: Send, method: string, path: string, body: object): Promise<void> {
  const answer = await send(method, path, body);
  if (answer.status >= 300)
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

async function until<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + STEP_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const value = await probe();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`waited ${STEP_TIMEOUT_MS / 1000} s for ${what}`);
}
