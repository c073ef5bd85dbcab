/** States of an order as the customer sees them, in the order in which they can follow each other. Nothing leaves CANCELED. */
export const ORDER_STATES = ["PAID", "TAKEN", "PREPARED", "DELIVERING", "DELIVERED", "CANCELING", "CANCELED"] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** The state after news: news that is older than what is known changes nothing, and a cancelled order makes no progress. */
export function advance(known: OrderState, news: OrderState): OrderState {
  return ORDER_STATES.indexOf(news) > ORDER_STATES.indexOf(known) ? news : known;
}

/** What a request to cancel means in each state. */
export function cancelOutcome(state: OrderState): "cancel" | "already" | "refuse" {
  if (state === "DELIVERED") return "refuse";
  return state === "CANCELING" || state === "CANCELED" ? "already" : "cancel";
}

export const STORE_STATES = ["RECEIVED", "TAKEN", "PREPARED", "REFUSED", "CANCELED"] as const;
export type StoreState = (typeof STORE_STATES)[number];

const STORE_STEPS: Readonly<Record<string, readonly StoreState[]>> = {
  TAKEN: ["RECEIVED"],
  PREPARED: ["TAKEN"],
  REFUSED: ["RECEIVED", "TAKEN"],
};

/** Whether the owner may take a store order from one state to another. */
export function storeStepAllowed(from: StoreState, to: StoreState): boolean {
  return STORE_STEPS[to]?.includes(from) ?? false;
}

export const DELIVERY_STATES = ["DELIVERING", "DELIVERED", "FAILED", "CANCELED"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const PAYMENT_STATES = ["AUTHORIZED", "APPROVED", "DECLINED", "VOIDED", "CANCELED"] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];
