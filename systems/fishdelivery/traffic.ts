import type { Traffic } from "../../model/words/traffic.ts";

/** Customers look at their orders and at my page, and order; the store hears of what was paid. */
export const traffic: Traffic = {
  reads: ["/orders?size=1", "/myPages?size=1"],
  write: {
    method: "POST",
    path: "/orders",
    body: { customerName: "Kim", fishName: "flatfish", qty: 1, telephone: "01012341234", address: "Seongnam" },
    acknowledged: 201,
    key: "orderId",
  },
  effects: [
    { service: "order", path: "/orders/{key}", later: false },
    { service: "fishstore", path: "/fishstores?orderId={key}", later: true },
  ],
};
